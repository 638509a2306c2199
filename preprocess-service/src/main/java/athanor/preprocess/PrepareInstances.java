package athanor.preprocess;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.dataset.ClassBatch;
import athanor.contracts.dataset.DatasetManifest;
import athanor.contracts.dataset.PictureFate;
import athanor.contracts.dataset.PreparedPicture;
import athanor.contracts.events.ClassPicturesRequested;
import athanor.contracts.events.DatasetAccepted;
import athanor.contracts.events.DrawingProgressed;
import athanor.contracts.picture.Framing;
import athanor.contracts.recipe.Outliers;
import athanor.contracts.recipe.PriorMode;
import athanor.contracts.recipe.PromptedBy;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunId;
import athanor.diffusion.model.BaseModels;
import athanor.pictures.Pixels;
import athanor.pictures.reader.PictureReader;
import athanor.plan.PlacedSet;
import athanor.plan.buckets.BucketGrid;
import athanor.plan.buckets.BucketRule;
import athanor.plan.buckets.Placement;
import athanor.plan.captions.CaptionLint;
import athanor.preprocess.plan.Caption;
import athanor.preprocess.plan.ClassPictureShares;
import athanor.preprocess.plan.PictureFraming;
import athanor.preprocess.plan.PlacedPicture;
import athanor.preprocess.plan.SetFraming;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.store.Sha256;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Everything about a dataset that needs no class picture: sizes, crops, captions, the plan. */
final class PrepareInstances {

    private final ObjectStore store;
    private final BaseModels bases;
    private final RoomToTrain room;
    private final Originals originals;
    private final Abreast abreast;
    private final Predicate<RunId> cancelled;
    private final Consumer<DrawingProgressed> news;
    private final Clock clock;

    PrepareInstances(
            ObjectStore store,
            PictureReader reader,
            BaseModels bases,
            RoomToTrain room,
            Predicate<RunId> cancelled,
            Consumer<DrawingProgressed> news,
            Clock clock) {
        this.store = store;
        this.bases = bases;
        this.room = room;
        this.originals = new Originals(store, reader);
        this.cancelled = cancelled;
        this.news = news;
        this.abreast = new Abreast(reader.decoders());
        this.clock = clock;
    }

    PendingDataset of(DatasetAccepted accepted, DatasetManifest manifest) {
        Recipe recipe = accepted.recipe();
        if (manifest.accepted().isEmpty()) {
            throw new UnusableDatasetException(
                    FailureReason.NO_USABLE_PICTURES,
                    "the manifest names no accepted picture and %d rejected ones"
                            .formatted(manifest.rejected().size()),
                    null);
        }
        try (KnownBase base = KnownBase.find(bases, recipe.baseModel())) {
            return of(accepted, manifest, base);
        }
    }

    private PendingDataset of(DatasetAccepted accepted, DatasetManifest manifest, KnownBase base) {
        Recipe recipe = accepted.recipe();
        BucketRule rule = BucketRule.forArea(recipe.training().bucketArea());
        List<AcceptedPicture> large = manifest.accepted().stream()
                .filter(picture -> !rule.place(picture.size()).refused())
                .toList();
        List<String> leftOut = new ArrayList<>(leftOut(manifest, rule));
        if (large.isEmpty()) {
            throw new UnusableDatasetException(FailureReason.NO_USABLE_PICTURES, leftOut.get(0), null);
        }
        List<PlacedPicture> placed = place(large, recipe, base);
        List<AcceptedPicture> usable = large;
        SetFraming set = new SetFraming(placed);
        List<PlacedPicture> outliers = recipe.outliers() == Outliers.LEAVE_OUT ? set.outliers() : List.of();
        Map<AcceptedPicture, String> whyOut = new LinkedHashMap<>();
        if (!outliers.isEmpty()) {
            for (int i = 0; i < large.size(); i++) {
                if (outliers.contains(placed.get(i))) {
                    whyOut.put(large.get(i), set.whyLeftOut(placed.get(i)));
                }
            }
            whyOut.forEach((picture, why) -> leftOut.add("%s is left out: %s".formatted(picture.fileName(), why)));
            usable = large.stream().filter(any -> !whyOut.containsKey(any)).toList();
            placed = place(usable, recipe, base);
        }
        List<Placement> placements =
                placed.stream().map(PlacedPicture::placement).toList();
        List<Size> sizes = placements.stream().map(Placement::bucket).distinct().toList();
        base.checkThatItTrains(recipe.training());
        base.checkThatItDraws(recipe.samples(), sizes);
        Optional<RoomToTrain.Room> there = room.check(base, recipe, sizes, haveParts(usable, recipe));
        List<PreparedPicture> instances = prepare(accepted.runId(), usable, placed);
        List<PictureFate> fates = new ArrayList<>();
        Fates write =
                new Fates(BucketGrid.forArea(recipe.training().bucketArea()).cell());
        SortedMap<Size, Integer> perBucket =
                new TreeMap<>(Comparator.comparingInt(Size::width).thenComparingInt(Size::height));
        for (int i = 0; i < usable.size(); i++) {
            AcceptedPicture picture = usable.get(i);
            Placement placement = placements.get(i);
            fates.add(write.trained(picture, placed.get(i), instances.get(i)));
            perBucket.merge(placement.bucket(), 1, Integer::sum);
        }
        whyOut.forEach((picture, why) -> fates.add(write.leftOut(picture, rule.place(picture.size()), why)));
        manifest.accepted().stream()
                .filter(picture -> rule.place(picture.size()).refused())
                .forEach(picture -> fates.add(write.leftOut(
                        picture,
                        rule.place(picture.size()),
                        rule.place(picture.size()).refusal())));
        List<ClassBatch> batches = recipe.prior().mode() == PriorMode.CLASS_PICTURES
                ? ClassPictureShares.of(perBucket, recipe.prior().classPictures())
                : List.of();
        return new PendingDataset(
                accepted,
                DatasetPlan.of(
                        recipe,
                        placed,
                        words(recipe.subject(), manifest, base),
                        leftOut,
                        outliers.stream().map(PlacedPicture::fileName).toList(),
                        batches,
                        there),
                instances,
                fates,
                request(accepted, batches));
    }

    /** Where each goes, what is then seen of its person, and the words for it. */
    private static List<PlacedPicture> place(List<AcceptedPicture> pictures, Recipe recipe, KnownBase base) {
        List<Placement> placements = PlacedSet.of(
                recipe.training().bucketArea(),
                recipe.training().batchSize(),
                pictures.stream().map(PlacedPicture::seen).toList());
        List<PlacedPicture> placed = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            AcceptedPicture picture = pictures.get(i);
            Optional<Framing> framing = PictureFraming.of(picture, placements.get(i));
            Caption caption = Caption.of(picture.caption(), recipe.subject(), framing);
            placed.add(PlacedPicture.of(picture, placements.get(i), caption, framing, base.cut(caption.text())));
        }
        return placed;
    }

    /** What is to be said of the words of a run. */
    private static List<String> words(Recipe.Subject subject, DatasetManifest manifest, KnownBase base) {
        boolean byToken = subject.promptedBy() == PromptedBy.TOKEN;
        List<String> words = new ArrayList<>();
        if (byToken) {
            base.score(subject.trigger(), subject.classNoun()).warning().ifPresent(words::add);
        }
        words.addAll(CaptionLint.warnings(
                manifest.accepted().stream().map(AcceptedPicture::caption).toList(),
                byToken ? subject.trigger() : subject.classNoun()));
        return words;
    }

    /** Only of captions with several parts a part can be left out. */
    private static boolean haveParts(List<AcceptedPicture> pictures, Recipe recipe) {
        return pictures.stream()
                .map(picture -> Caption.of(picture.caption(), recipe.subject(), PictureFraming.of(picture)))
                .anyMatch(caption -> caption.text().indexOf(',') >= 0);
    }

    /** Pictures that would have to be enlarged too much. */
    private static List<String> leftOut(DatasetManifest manifest, BucketRule rule) {
        return manifest.accepted().stream()
                .filter(picture -> rule.place(picture.size()).refused())
                .map(picture -> "%s is left out: %s"
                        .formatted(
                                picture.fileName(), rule.place(picture.size()).refusal()))
                .toList();
    }

    /** Several at a time; the order is theirs, so the same pictures make the same dataset. */
    private List<PreparedPicture> prepare(RunId run, List<AcceptedPicture> pictures, List<PlacedPicture> placed) {
        List<Abreast.Work<PreparedPicture>> works = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            AcceptedPicture picture = pictures.get(i);
            PlacedPicture known = placed.get(i);
            works.add(new Abreast.Work<>(picture.size().pixels(), () -> {
                if (cancelled.test(run)) {
                    throw new CancellationException("cancelled while its pictures were cut");
                }
                return prepare(run, picture, known.placement(), known.caption(), known.framing());
            }));
        }
        return abreast.all(works, new CuttingCount(run, pictures.size(), news, clock)::done);
    }

    private PreparedPicture prepare(
            RunId run, AcceptedPicture picture, Placement placement, Caption caption, Optional<Framing> framing) {
        byte[] png = Pixels.png(originals.cut(picture, placement));
        ObjectRef stored = store.put(ObjectKeys.preparedPicture(run, Sha256.of(png)), png, "image/png");
        return new PreparedPicture(
                stored,
                caption.text(),
                placement.bucket(),
                picture.size(),
                placement.cropTop(),
                placement.cropLeft(),
                placement.pixelsKept(),
                placement.upscaled(),
                framing.orElse(null));
    }

    /** Class pictures are drawn as the test pictures are: by the same sampler, steps and guidance. */
    private @Nullable ClassPicturesRequested request(DatasetAccepted accepted, List<ClassBatch> batches) {
        if (batches.isEmpty()) {
            return null;
        }
        Recipe recipe = accepted.recipe();
        return new ClassPicturesRequested(
                accepted.runId(),
                accepted.name(),
                recipe.baseModel(),
                recipe.subject().classPrompt(),
                batches,
                recipe.samples().steps(),
                recipe.samples().guidance(),
                recipe.samples().sampler(),
                recipe.training().seed(),
                clock.instant());
    }
}
