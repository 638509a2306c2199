package athanor.preprocess;

import athanor.contracts.Size;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.dataset.HeadPair;
import athanor.contracts.dataset.PictureFate;
import athanor.contracts.dataset.PictureFate.Use;
import athanor.contracts.dataset.PreparedPicture;
import athanor.contracts.picture.Framing;
import athanor.contracts.recipe.PriorMode;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunId;
import athanor.heads.HeadCut;
import athanor.heads.HeadMask;
import athanor.plan.HeadWarnings;
import athanor.plan.buckets.Placement;
import athanor.preprocess.plan.Caption;
import athanor.preprocess.plan.Part;
import athanor.preprocess.plan.PictureFraming;
import athanor.preprocess.plan.PlacedPicture;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pictures that the prior is held by: the whole pictures that heads were cut from, bodies with the subject's head, or what its
 * owner put beside the subject's pictures as the class.
 */
final class PreparePrior {

    private final Originals originals;
    private final PreparedStore prepared;
    private final TransplantHead transplant;

    PreparePrior(Originals originals, PreparedStore prepared, TransplantHead transplant) {
        this.originals = originals;
        this.prepared = prepared;
        this.transplant = transplant;
    }

    /**
     * What the prior would be made of.
     *
     * @param heads the parts that are learnt
     * @param ofTheClass pictures that came as such
     * @return for each head its whole picture; else those of the class
     * @throws UnusableDatasetException where the mode cannot do with them
     */
    static List<AcceptedPicture> candidates(Recipe recipe, List<Part> heads, List<AcceptedPicture> ofTheClass) {
        PriorMode mode = recipe.prior().mode();
        if (mode == PriorMode.WHOLE_PICTURES) {
            if (!ofTheClass.isEmpty()) {
                throw badRecipe(
                        "prior.mode WHOLE_PICTURES sets each head against the picture that it was cut from, and %d other pictures came as its whole pictures (%s, ...): in another person's picture nothing says where the subject's head belongs; leave them out, or set prior.mode=TRANSPLANT or prior.mode=CLASS_PICTURES"
                                .formatted(ofTheClass.size(), ofTheClass.get(0).fileName()));
            }
            return heads.stream().map(Part::picture).toList();
        }
        if (mode == PriorMode.TRANSPLANT && ofTheClass.isEmpty()) {
            throw badRecipe(
                    "prior.mode TRANSPLANT puts the subject's head on other bodies and none came with the run; send pictures of other people with names that begin with %s (./athanor train --class-pictures FOLDER), or choose another prior.mode"
                            .formatted(AcceptedPicture.OF_THE_CLASS));
        }
        return mode == PriorMode.OFF ? List.of() : ofTheClass;
    }

    /** @param places of the candidates, in their order */
    PriorPictures of(
            RunId run,
            Recipe recipe,
            Fates fates,
            List<PlacedPart> heads,
            List<AcceptedPicture> candidates,
            List<Placement> places) {
        return switch (recipe.prior().mode()) {
            case WHOLE_PICTURES -> wholes(run, recipe, fates, heads, places);
            case TRANSPLANT -> transplants(run, recipe, fates, heads, candidates, places);
            case CLASS_PICTURES, BASE_PREDICTION -> ofTheClass(run, recipe, fates, candidates, places);
            case OFF -> PriorPictures.NONE;
        };
    }

    private PriorPictures wholes(
            RunId run, Recipe recipe, Fates fates, List<PlacedPart> heads, List<Placement> places) {
        Made made = new Made();
        List<String> noPlace = new ArrayList<>();
        List<HeadWarnings.Placed> placed = new ArrayList<>();
        for (int i = 0; i < heads.size(); i++) {
            PlacedPart head = heads.get(i);
            Placement placement = places.get(i);
            AcceptedPicture picture = head.part().picture();
            Rectangle2D box = PlacedPart.inTrained(head.part().headOfWhole().withHair(picture.size()), placement);
            if (!HeadCut.teachesAPlace(head.headHeight() / box.getHeight())) {
                noPlace.add(picture.fileName());
                continue;
            }
            Part whole = Part.whole(picture);
            Optional<Framing> framing = PictureFraming.of(picture);
            BufferedImage image = originals.cut(whole, placement);
            Optional<float[]> mask = Boolean.TRUE.equals(recipe.prior().headMasked())
                    ? Optional.of(HeadMask.without(box, image.getWidth(), image.getHeight()))
                    : Optional.empty();
            Caption caption = Caption.ofClass(recipe.subject(), framing);
            PreparedPicture kept =
                    prepared.keep(run, image, whole, placement, caption.text(), framing, picture.sha256(), mask);
            made.add(kept, fates.ofPrior(whole, placement, caption, kept, Use.WHOLE_OF_HEAD, ", whole"));
            made.pair(head, picture.fileName(), kept, placement, box, framing, null);
            placed.add(new HeadWarnings.Placed(
                    picture.fileName() + ", whole", head.part().headOfWhole(), placement));
        }
        if (made.pictures.isEmpty()) {
            throw badRecipe(
                    "no head can be set against its picture: in each of the %d the head is nearly as high as in its own cut, which teaches no place; add half or full figures, or set prior.mode=CLASS_PICTURES"
                            .formatted(heads.size()));
        }
        made.sentences.addAll(HeadWarnings.of(placed, placed.size(), fates.cell()));
        if (!noPlace.isEmpty()) {
            made.sentences.add(
                    "not set against their whole pictures, in which the head is nearly as high as in its cut and which so teach no place: %s; their heads are learnt beside the others' pictures"
                            .formatted(String.join(", ", noPlace)));
        }
        return made.all();
    }

    private PriorPictures transplants(
            RunId run,
            Recipe recipe,
            Fates fates,
            List<PlacedPart> heads,
            List<AcceptedPicture> bodies,
            List<Placement> places) {
        Made made = new Made();
        Set<String> headless = new LinkedHashSet<>();
        Set<String> tooClose = new LinkedHashSet<>();
        Set<String> used = new HashSet<>();
        for (int i = 0; i < heads.size(); i++) {
            PlacedPart head = heads.get(i);
            for (int tried = 0; tried < bodies.size(); tried++) {
                int at = (i + tried) % bodies.size();
                AcceptedPicture body = bodies.get(at);
                Placement placement = places.get(at);
                Optional<Rectangle2D> box = PlacedPicture.headOf(body)
                        .map(found -> PlacedPart.inTrained(found.withHair(body.size()), placement));
                if (box.isEmpty()
                        || !HeadCut.teachesAPlace(head.headHeight() / box.get().getHeight())) {
                    (box.isEmpty() ? headless : tooClose).add(body.fileName());
                    continue;
                }
                TransplantHead.Result result = transplant.of(head.part().picture(), body);
                BufferedImage image = result.image();
                if (image == null) {
                    made.sentences.add(String.valueOf(result.refusal()));
                    continue;
                }
                Part whole = Part.whole(body);
                Optional<Framing> framing = PictureFraming.of(body);
                Caption caption = Caption.ofClass(recipe.subject(), framing);
                PreparedPicture kept = prepared.keep(
                        run,
                        Originals.cut(image, placement),
                        whole,
                        placement,
                        caption.text(),
                        framing,
                        head.part().picture().sha256(),
                        Optional.empty());
                made.add(
                        kept,
                        fates.ofPrior(
                                whole,
                                placement,
                                caption,
                                kept,
                                Use.TRANSPLANT,
                                ", with the head of " + head.part().picture().fileName()));
                made.pair(head, body.fileName(), kept, placement, box.get(), framing, result.proportion());
                used.add(body.fileName());
                break;
            }
        }
        tooClose.removeAll(used); // fits others' heads
        if (!headless.isEmpty()) {
            made.sentences.add("no bodies for a transplant, as no head is known in them: %s; point it out"
                    .formatted(String.join(", ", headless)));
        }
        if (!tooClose.isEmpty()) {
            made.sentences.add(
                    "no bodies for a transplant, as the head is nearly as high there as in its own picture, which teaches no place: %s"
                            .formatted(String.join(", ", tooClose)));
        }
        if (made.pictures.isEmpty()) {
            throw badRecipe("none of the subject's heads could be put on any of the %d bodies; the first: %s"
                    .formatted(bodies.size(), made.sentences.get(0)));
        }
        return made.all();
    }

    private PriorPictures ofTheClass(
            RunId run, Recipe recipe, Fates fates, List<AcceptedPicture> pictures, List<Placement> places) {
        Made made = new Made();
        List<String> renamed = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            AcceptedPicture picture = pictures.get(i);
            Part whole = Part.whole(picture);
            Optional<Framing> framing = PictureFraming.of(picture);
            Caption caption = Caption.ofClass(picture.caption(), recipe.subject(), framing);
            if (caption.completed()) {
                renamed.add(picture.fileName());
            }
            PreparedPicture kept = prepared.keep(
                    run,
                    originals.cut(whole, places.get(i)),
                    whole,
                    places.get(i),
                    caption.text(),
                    framing,
                    null,
                    Optional.empty());
            made.add(kept, fates.ofPrior(whole, places.get(i), caption, kept, Use.CLASS_PICTURE, ""));
        }
        if (!renamed.isEmpty()) {
            made.sentences.add("'%s' is taken out of the captions of %s, which are of the class and not of the subject"
                    .formatted(recipe.subject().trigger(), String.join(", ", renamed)));
        }
        return made.all();
    }

    static UnusableDatasetException badRecipe(String sentence) {
        return new UnusableDatasetException(FailureReason.BAD_RECIPE, sentence, null);
    }

    /** What has been made so far. */
    private static final class Made {

        private final List<PreparedPicture> pictures = new ArrayList<>();
        private final List<PictureFate> fates = new ArrayList<>();
        private final List<HeadPair> pairs = new ArrayList<>();
        private final List<String> sentences = new ArrayList<>();

        void add(PreparedPicture picture, PictureFate fate) {
            pictures.add(picture);
            fates.add(fate);
        }

        void pair(
                PlacedPart head,
                String body,
                PreparedPicture whole,
                Placement placement,
                Rectangle2D headInWhole,
                Optional<Framing> framing,
                @Nullable Double proportion) {
            Rectangle box = headInWhole.getBounds();
            Rectangle area = head.part().area();
            Size size = whole.bucket();
            pairs.add(new HeadPair(
                    head.part().picture().sha256(),
                    head.part().picture().fileName(),
                    body,
                    head.prepared().picture(),
                    whole.picture(),
                    head.prepared().bucket(),
                    size,
                    placement.scale(),
                    new PictureFate.Cut(area.x, area.y, area.width, area.height),
                    new PictureFate.Cut(box.x, box.y, box.width, box.height),
                    head.headHeight() / headInWhole.getHeight(),
                    headInWhole.getHeight() / size.height(),
                    framing.orElse(null),
                    proportion));
        }

        PriorPictures all() {
            return new PriorPictures(
                    List.copyOf(pictures), List.copyOf(fates), List.copyOf(pairs), List.copyOf(sentences));
        }
    }
}
