package athanor.preprocess;

import athanor.contracts.Size;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.picture.Region;
import athanor.contracts.recipe.LossMask;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.recipe.SubjectKind;
import athanor.contracts.run.FailureReason;
import athanor.heads.HeadMask;
import athanor.people.Matte;
import athanor.people.People;
import athanor.plan.buckets.Placement;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/** Which pixels of the instances count; asked by any number of threads. The trainer divides by their share, so that a small subject is learnt as fast as a large one. */
final class LossMasks {

    /** Less of a picture than this is a mistake of who made the mask. */
    private static final double LEAST = 0.005;

    private final LossMask wanted;
    private final boolean asked;
    private final People people;
    private final Set<String> unmasked = new ConcurrentSkipListSet<>();

    LossMasks(Recipe recipe, People people) {
        LossMask mask = recipe.mask();
        this.asked = mask != null;
        this.wanted = mask == null ? usual(recipe.subject().kind()) : mask;
        this.people = people;
    }

    private static LossMask usual(@Nullable SubjectKind kind) {
        return kind == SubjectKind.CLOTHING || kind == SubjectKind.OBJECT ? LossMask.REGION : LossMask.NONE;
    }

    /**
     * @param image as it is trained on
     * @return row by row; nothing where all of the picture counts
     */
    Optional<float[]> of(AcceptedPicture picture, Placement placement, BufferedImage image) {
        Optional<float[]> mask = switch (wanted) {
            case NONE -> Optional.empty();
            case REGION -> region(picture, placement);
            case PERSON -> person(image);
        };
        Optional<float[]> useful = mask.filter(weights -> share(weights) >= LEAST);
        if (useful.isEmpty() && asked && wanted != LossMask.NONE) {
            unmasked.add(picture.fileName());
        }
        return useful;
    }

    /** A sentence where some pictures have none. */
    List<String> sentences(int pictures) {
        if (unmasked.isEmpty()) {
            return List.of();
        }
        if (unmasked.size() == pictures) {
            throw new UnusableDatasetException(
                    FailureReason.BAD_RECIPE,
                    wanted == LossMask.REGION
                            ? "mask=region and no picture came with a region of the subject that is trained on; put 'subject LEFT TOP WIDTH HEIGHT' (shares of the picture) into a file of its name with the ending .regions, or set mask=none"
                            : "mask=person and a person was seen in none of the pictures (%s); set mask=none or mask=region"
                                    .formatted(people.detector()),
                    null);
        }
        return List.of("mask=%s: all of %s counts, because %s"
                .formatted(
                        wanted.name().toLowerCase(Locale.ROOT),
                        String.join(", ", unmasked),
                        wanted == LossMask.REGION
                                ? "no region of the subject came with it that is trained on"
                                : "no person was seen in it"));
    }

    private static Optional<float[]> region(AcceptedPicture picture, Placement placement) {
        return Region.first(picture.regions(), Region.Kind.SUBJECT).map(region -> {
            Size size = picture.size();
            Rectangle2D box = new Rectangle2D.Double(
                    region.x() * size.width(),
                    region.y() * size.height(),
                    region.width() * size.width(),
                    region.height() * size.height());
            return HeadMask.only(
                    PlacedPart.inTrained(box, placement),
                    placement.bucket().width(),
                    placement.bucket().height());
        });
    }

    private Optional<float[]> person(BufferedImage image) {
        return people.matte(image).map(matte -> weights(matte, image.getWidth(), image.getHeight()));
    }

    private static float[] weights(Matte matte, int width, int height) {
        float[] weights = new float[width * height];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = matte.alpha(i % width, i / width);
        }
        return weights;
    }

    private static double share(float[] weights) {
        double sum = 0;
        for (float weight : weights) {
            sum += weight;
        }
        return sum / weights.length;
    }
}
