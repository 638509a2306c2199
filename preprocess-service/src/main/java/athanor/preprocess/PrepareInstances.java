package athanor.preprocess;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.dataset.ClassBatch;
import athanor.contracts.dataset.DatasetManifest;
import athanor.contracts.dataset.HeadPair;
import athanor.contracts.dataset.PictureFate;
import athanor.contracts.dataset.PreparedPicture;
import athanor.contracts.events.ClassPicturesRequested;
import athanor.contracts.events.DatasetAccepted;
import athanor.contracts.events.DrawingProgressed;
import athanor.contracts.picture.Framing;
import athanor.contracts.recipe.Instances;
import athanor.contracts.recipe.Outliers;
import athanor.contracts.recipe.PriorMode;
import athanor.contracts.recipe.PromptedBy;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunId;
import athanor.diffusion.model.BaseModels;
import athanor.people.People;
import athanor.pictures.reader.PictureReader;
import athanor.plan.PlacedSet;
import athanor.plan.buckets.BucketGrid;
import athanor.plan.buckets.BucketRule;
import athanor.plan.buckets.Placement;
import athanor.plan.captions.CaptionLint;
import athanor.preprocess.plan.Caption;
import athanor.preprocess.plan.ClassPictureShares;
import athanor.preprocess.plan.Part;
import athanor.preprocess.plan.Parts;
import athanor.preprocess.plan.PictureFraming;
import athanor.preprocess.plan.PlacedPicture;
import athanor.preprocess.plan.SetFraming;
import athanor.store.ObjectStore;
import java.awt.image.BufferedImage;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything about a dataset that needs no class picture: sizes, crops, captions, the plan. */
final class PrepareInstances {

    private final PreparedStore prepared;
    private final People people;
    private final PreparePrior preparePrior;
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
            People people,
            BaseModels bases,
            RoomToTrain room,
            Predicate<RunId> cancelled,
            Consumer<DrawingProgressed> news,
            Clock clock) {
        this.prepared = new PreparedStore(store);
        this.people = people;
        this.bases = bases;
        this.room = room;
        this.originals = new Originals(store, reader);
        this.preparePrior = new PreparePrior(originals, prepared, new TransplantHead(originals, people));
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
        recipe.contradiction().ifPresent(sentence -> {
            throw PreparePrior.badRecipe(sentence);
        });
        Size area = recipe.training().bucketArea();
        Parts parts = Parts.of(ofTheSubject(manifest), recipe.instanceKind(), area);
        if (parts.used().isEmpty()) {
            throw new UnusableDatasetException(
                    FailureReason.NO_USABLE_PICTURES,
                    parts.leftOut().stream()
                            .findFirst()
                            .orElse("all pictures are of the class (%s...) and none of the subject"
                                    .formatted(AcceptedPicture.OF_THE_CLASS)),
                    null);
        }
        List<Part> used = parts.used();
        List<PlacedPicture> placed = place(used, recipe, base);
        SetFraming set = new SetFraming(wholes(placed));
        List<PlacedPicture> outliers = recipe.outliers() == Outliers.LEAVE_OUT ? set.outliers() : List.of();
        Map<AcceptedPicture, String> whyOut = new LinkedHashMap<>();
        if (!outliers.isEmpty()) {
            for (int i = 0; i < used.size(); i++) {
                if (outliers.contains(placed.get(i))) {
                    whyOut.put(used.get(i).picture(), set.whyLeftOut(placed.get(i)));
                }
            }
            // The head of an outlier is a head as all others are.
            used = used.stream()
                    .filter(part -> part.head() || !whyOut.containsKey(part.picture()))
                    .toList();
            placed = place(used, recipe, base);
        }
        List<Placement> placements =
                placed.stream().map(PlacedPicture::placement).toList();
        Parts ofTheClass = Parts.of(ofTheClass(manifest), Instances.WHOLES, area);
        List<AcceptedPicture> behind = PreparePrior.candidates(
                recipe,
                used.stream().filter(Part::head).toList(),
                ofTheClass.used().stream().map(Part::picture).toList());
        List<Placement> behindThem = placed(recipe, behind);
        List<Size> sizes = Stream.concat(placements.stream(), behindThem.stream())
                .map(Placement::bucket)
                .distinct()
                .toList();
        base.checkThatItTrains(recipe.training());
        base.checkThatItDraws(recipe.samples(), sizes);
        Optional<RoomToTrain.Room> there = room.check(base, recipe, sizes, haveParts(used, recipe));
        Cut cut = cut(accepted, used, placed);
        List<String> leftOut = new ArrayList<>(parts.leftOut());
        whyOut.forEach((picture, why) -> leftOut.add("%s is left out: %s".formatted(picture.fileName(), why)));
        leftOut.addAll(ofTheClass.leftOut());
        leftOut.addAll(unused(recipe, ofTheClass));
        leftOut.addAll(cut.sentences());
        PriorPictures prior = preparePrior.of(accepted.runId(), recipe, cut.fates, cut.heads(), behind, behindThem);
        leftOut.addAll(prior.sentences());
        List<PictureFate> fates = new ArrayList<>(cut.told);
        fates.addAll(prior.fates());
        BucketRule rule = BucketRule.forArea(area);
        whyOut.forEach((picture, why) -> fates.add(cut.fates.leftOut(picture, rule.place(picture.size()), why)));
        Stream.concat(parts.tooSmall().stream(), ofTheClass.tooSmall().stream())
                .forEach(picture -> fates.add(cut.fates.leftOut(
                        picture,
                        rule.place(picture.size()),
                        rule.place(picture.size()).refusal())));
        boolean rendered = recipe.prior().mode() == PriorMode.CLASS_PICTURES && behind.isEmpty();
        List<ClassBatch> batches =
                rendered ? ClassPictureShares.of(cut.perBucket(), recipe.prior().classPictures()) : List.of();
        return new PendingDataset(
                accepted,
                DatasetPlan.of(
                        recipe,
                        placed,
                        words(recipe.subject(), manifest, base),
                        leftOut,
                        outliers.stream().map(PlacedPicture::fileName).toList(),
                        batches,
                        prior.pictures(),
                        there),
                paired(cut.instances(), prior.pairs()),
                fates,
                prior.pictures(),
                prior.pairs(),
                request(accepted, batches));
    }

    private static List<AcceptedPicture> ofTheSubject(DatasetManifest manifest) {
        return manifest.accepted().stream()
                .filter(picture -> !picture.ofTheClass())
                .toList();
    }

    private static List<AcceptedPicture> ofTheClass(DatasetManifest manifest) {
        return manifest.accepted().stream().filter(AcceptedPicture::ofTheClass).toList();
    }

    private static List<Placement> placed(Recipe recipe, List<AcceptedPicture> pictures) {
        return PlacedSet.of(
                recipe.training().bucketArea(),
                recipe.training().batchSize(),
                pictures.stream().map(PlacedPicture::seen).toList());
    }

    private static List<String> unused(Recipe recipe, Parts ofTheClass) {
        return recipe.prior().mode() == PriorMode.OFF && !ofTheClass.used().isEmpty()
                ? List.of("%d pictures of the class came with the run and are not used, because prior.mode is OFF"
                        .formatted(ofTheClass.used().size()))
                : List.of();
    }

    private static List<PlacedPicture> wholes(List<PlacedPicture> pictures) {
        return pictures.stream().filter(picture -> !picture.isHead()).toList();
    }

    /** Where each goes, what is then seen of its person, and the words for it. */
    private static List<PlacedPicture> place(List<Part> parts, Recipe recipe, KnownBase base) {
        List<Placement> placements =
                placed(recipe, parts.stream().map(Part::view).toList());
        List<PlacedPicture> placed = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            Optional<Framing> framing =
                    part.head() ? PictureFraming.of(part.view()) : PictureFraming.of(part.view(), placements.get(i));
            Caption caption = caption(part, recipe, framing);
            placed.add(PlacedPicture.of(part, placements.get(i), caption, framing, base.cut(caption.text())));
        }
        return placed;
    }

    /** What has been cut of the instances, each list in the same order. */
    private record Cut(List<PlacedPart> parts, List<PictureFate> told, Fates fates, List<String> sentences) {

        List<PlacedPart> heads() {
            return parts.stream().filter(any -> any.part().head()).toList();
        }

        List<PreparedPicture> instances() {
            return parts.stream().map(PlacedPart::prepared).toList();
        }

        SortedMap<Size, Integer> perBucket() {
            SortedMap<Size, Integer> perBucket =
                    new TreeMap<>(Comparator.comparingInt(Size::width).thenComparingInt(Size::height));
            parts.forEach(part -> perBucket.merge(part.placement().bucket(), 1, Integer::sum));
            return perBucket;
        }
    }

    private Cut cut(DatasetAccepted accepted, List<Part> parts, List<PlacedPicture> placed) {
        Recipe recipe = accepted.recipe();
        LossMasks masks = new LossMasks(recipe, people);
        List<PreparedPicture> kept = prepare(accepted.runId(), parts, placed, masks);
        Fates fates =
                new Fates(BucketGrid.forArea(recipe.training().bucketArea()).cell());
        List<PlacedPart> cut = new ArrayList<>();
        List<PictureFate> told = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            cut.add(new PlacedPart(parts.get(i), placed.get(i).placement(), kept.get(i)));
            told.add(fates.trained(parts.get(i), placed.get(i), kept.get(i)));
        }
        return new Cut(cut, told, fates, masks.sentences(wholes(placed).size()));
    }

    /** Several at a time; the order is theirs, so the same pictures make the same dataset. */
    private List<PreparedPicture> prepare(RunId run, List<Part> parts, List<PlacedPicture> placed, LossMasks masks) {
        List<Abreast.Work<PreparedPicture>> works = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            PlacedPicture known = placed.get(i);
            works.add(new Abreast.Work<>(part.picture().size().pixels(), () -> {
                if (cancelled.test(run)) {
                    throw new CancellationException("cancelled while its pictures were cut");
                }
                return prepare(run, part, known, masks);
            }));
        }
        return abreast.all(works, new CuttingCount(run, parts.size(), news, clock)::done);
    }

    private PreparedPicture prepare(RunId run, Part part, PlacedPicture known, LossMasks masks) {
        BufferedImage image = originals.cut(part, known.placement());
        Optional<float[]> mask = part.head() ? Optional.empty() : masks.of(part.picture(), known.placement(), image);
        return prepared.keep(
                run, image, part, known.placement(), known.caption().text(), known.framing(), null, mask);
    }

    /** Where heads and wholes are learnt together, each says which it is: the base knows these words, and the token is both. */
    private static Caption caption(Part part, Recipe recipe, Optional<Framing> framing) {
        Caption caption = Caption.of(part.view().caption(), recipe.subject(), framing);
        return recipe.instanceKind() == Instances.HEADS_AND_WHOLES ? caption.framed(framing) : caption;
    }

    /** Both sides of a pair name the upload that they come from. */
    private static List<PreparedPicture> paired(List<PreparedPicture> instances, List<HeadPair> pairs) {
        Map<ObjectRef, String> sources =
                pairs.stream().collect(Collectors.toMap(HeadPair::head, HeadPair::sha256, (one, same) -> one));
        return instances.stream()
                .map(picture ->
                        sources.containsKey(picture.picture()) ? picture.from(sources.get(picture.picture())) : picture)
                .toList();
    }

    /** What is to be said of the words of a run. */
    private static List<String> words(Recipe.Subject subject, DatasetManifest manifest, KnownBase base) {
        boolean byToken = subject.promptedBy() == PromptedBy.TOKEN;
        List<String> words = new ArrayList<>();
        if (byToken) {
            base.score(subject.trigger(), subject.classNoun()).warning().ifPresent(words::add);
        }
        words.addAll(CaptionLint.warnings(
                ofTheSubject(manifest).stream().map(AcceptedPicture::caption).toList(),
                byToken ? subject.trigger() : subject.classNoun()));
        return words;
    }

    /** Only of captions with several parts a part can be left out. */
    private static boolean haveParts(List<Part> parts, Recipe recipe) {
        return parts.stream()
                .map(part -> caption(part, recipe, PictureFraming.of(part.view())))
                .anyMatch(caption -> caption.text().indexOf(',') >= 0);
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
