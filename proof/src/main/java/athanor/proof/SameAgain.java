package athanor.proof;

import athanor.pictures.quality.PictureHash;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Whether a picture is a training picture again by its layout: hashes of brightness. Where two training pictures, or one of them and
 * what the base draws by itself, are alike by their hashes, hashes tell nothing of this set, and are not asked.
 */
final class SameAgain {

    private final List<PictureHash> instances;
    private final boolean telling;

    private SameAgain(List<PictureHash> instances, boolean telling) {
        this.instances = instances;
        this.telling = telling;
    }

    static SameAgain of(List<BufferedImage> instances, List<BufferedImage> base) {
        List<PictureHash> hashes = instances.stream().map(PictureHash::of).toList();
        boolean apart = base.stream().map(PictureHash::of).noneMatch(drawn -> isAny(hashes, drawn));
        for (int i = 1; i < hashes.size(); i++) {
            apart &= !isAny(hashes.subList(0, i), hashes.get(i));
        }
        return new SameAgain(hashes, apart);
    }

    boolean isTelling() {
        return telling;
    }

    boolean isCopy(BufferedImage picture) {
        return telling && isAny(instances, PictureHash.of(picture));
    }

    private static boolean isAny(List<PictureHash> known, PictureHash picture) {
        return known.stream().anyMatch(picture::isAlike);
    }
}
