package athanor.console.pictures;

import athanor.contracts.picture.FindingCode;
import athanor.contracts.picture.Framing;
import athanor.contracts.picture.Region;
import athanor.contracts.rest.PictureView;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One picture on the page of pictures.
 *
 * @param id of the run
 * @param open whether it can still be corrected
 * @param prepared whether it is known what is trained of it
 */
public record PictureCard(PictureView picture, String id, boolean open, boolean prepared) {

    /** What somebody may say of a picture. */
    private static final List<Framing> SAID = Arrays.stream(Framing.values())
            .filter(framing -> framing != Framing.UNKNOWN)
            .toList();

    public List<Framing> framings() {
        return SAID;
    }

    public boolean leftOut() {
        return picture.findings().stream().anyMatch(finding -> finding.code() == FindingCode.LEFT_OUT);
    }

    /** Whether there are pixels to show. */
    public boolean shown() {
        return picture.accepted() || leftOut();
    }

    /** Which of its views the page shows. */
    public String view() {
        return prepared && picture.accepted() ? "preview" : "seen";
    }

    /** Another one after what is drawn on it has changed, so that browsers ask again. */
    public String version() {
        return Integer.toHexString(Objects.hashCode(picture.regions()));
    }

    /** As the upload takes it. */
    public String regions() {
        List<Region> regions = picture.regions() == null ? List.of() : picture.regions();
        return regions.stream().map(Region::text).collect(Collectors.joining("; "));
    }
}
