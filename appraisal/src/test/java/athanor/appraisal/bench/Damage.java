package athanor.appraisal.bench;

import static athanor.contracts.picture.FindingCode.BLURRED;
import static athanor.contracts.picture.FindingCode.DARK;
import static athanor.contracts.picture.FindingCode.FLAT;
import static athanor.contracts.picture.FindingCode.MOTION_BLURRED;
import static athanor.contracts.picture.FindingCode.NOISY;
import static athanor.contracts.picture.FindingCode.OVERCOMPRESSED;
import static athanor.contracts.picture.FindingCode.OVEREXPOSED;
import static athanor.contracts.picture.FindingCode.UPSCALED;

import athanor.contracts.picture.FindingCode;
import athanor.pictures.Pixels;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A way to make a photograph worse, and what should be said of the copy.
 *
 * @param codes any of them names the damage
 * @param quality of the copy as JPEG; 0 for PNG
 */
record Damage(String name, Set<FindingCode> codes, int quality, UnaryOperator<BufferedImage> how) {

    private static final Map<String, Object> KERNELS = Map.of(
            "nearest", RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR,
            "bilinear", RenderingHints.VALUE_INTERPOLATION_BILINEAR,
            "bicubic", RenderingHints.VALUE_INTERPOLATION_BICUBIC);

    byte[] copy(BufferedImage photograph) {
        BufferedImage damaged = how.apply(photograph);
        return quality == 0 ? Pixels.png(damaged) : Spoil.jpeg(damaged, quality);
    }

    /** Light is judged by the face; for the others nobody need be looked for. */
    boolean byTheFace() {
        return codes.contains(DARK) || codes.contains(OVEREXPOSED);
    }

    static List<Damage> all() {
        List<Damage> all = new ArrayList<>();
        blur(all);
        enlarging(all);
        compression(all);
        light(all);
        return all;
    }

    private static void blur(List<Damage> all) {
        for (double sigma : new double[] {2, 3}) {
            for (int quality : new int[] {0, 90, 75}) {
                all.add(new Damage(
                        "blurred, sigma %.0f%s".formatted(sigma, as(quality)),
                        Set.of(BLURRED),
                        quality,
                        picture -> Spoil.blurred(picture, sigma)));
            }
        }
        for (int pixels : new int[] {9, 15}) {
            add(all, "moved by %d across".formatted(pixels), MOTION_BLURRED, 90, p -> Spoil.moved(p, pixels, 1, 0));
            add(all, "moved by %d aslant".formatted(pixels), MOTION_BLURRED, 90, p -> Spoil.moved(p, pixels, 1, -1));
        }
    }

    private static void enlarging(List<Damage> all) {
        for (double factor : new double[] {2, 3, 4}) {
            for (String kernel : List.of("nearest", "bilinear", "bicubic", "Lanczos")) {
                for (int quality : new int[] {0, 90}) {
                    add(
                            all,
                            "enlarged %.0f times, %s%s".formatted(factor, kernel, as(quality)),
                            UPSCALED,
                            quality,
                            p -> enlarged(Spoil.resized(p, 1 / factor), factor, kernel));
                }
            }
        }
        add(
                all,
                "enlarged 2 times, bicubic, JPEG 75",
                UPSCALED,
                75,
                p -> enlarged(Spoil.resized(p, 0.5), 2, "bicubic"));
        add(
                all,
                "middle enlarged 2 times, bicubic, JPEG 90",
                UPSCALED,
                90,
                p -> enlarged(Spoil.cut(p, 0.25, 0.25, 0.5, 0.5), 2, "bicubic"));
        add(
                all,
                "middle enlarged 2 times, Lanczos, PNG",
                UPSCALED,
                0,
                p -> enlarged(Spoil.cut(p, 0.25, 0.25, 0.5, 0.5), 2, "Lanczos"));
    }

    private static BufferedImage enlarged(BufferedImage small, double factor, String kernel) {
        Object ofJava = KERNELS.get(kernel);
        return ofJava == null ? Spoil.resized(small, factor) : Spoil.enlarged(small, factor, ofJava);
    }

    private static void compression(List<Damage> all) {
        for (int quality : new int[] {25, 10}) {
            add(all, "JPEG %d".formatted(quality), OVERCOMPRESSED, quality, p -> p);
            for (int again : new int[] {95, 85, 75, 0}) {
                add(
                        all,
                        "JPEG %d, then%s".formatted(quality, as(again).substring(1)),
                        OVERCOMPRESSED,
                        again,
                        p -> Spoil.saved(p, quality));
            }
            add(all, "JPEG %d, cut by 3 pixels, then JPEG 90".formatted(quality), OVERCOMPRESSED, 90, p -> {
                BufferedImage saved = Spoil.saved(p, quality);
                return Pixels.opaqueCopy(saved.getSubimage(3, 3, saved.getWidth() - 3, saved.getHeight() - 3));
            });
            add(
                    all,
                    "JPEG %d, reduced to 0.75, then JPEG 90".formatted(quality),
                    OVERCOMPRESSED,
                    90,
                    p -> Spoil.resized(Spoil.saved(p, quality), 0.75));
        }
    }

    private static void light(List<Damage> all) {
        add(all, "darkened to 0.35", DARK, 90, p -> Spoil.levels(p, level -> (int) (0.35 * level)));
        add(all, "darkened to 0.2", DARK, 90, p -> Spoil.levels(p, level -> (int) (0.2 * level)));
        add(all, "brightened to 3", OVEREXPOSED, 90, p -> Spoil.levels(p, level -> 3 * level));
        add(all, "contrast of 0.15", FLAT, 90, p -> Spoil.levels(p, level -> (int) (128 + 0.15 * (level - 128))));
        add(all, "noise of 30", NOISY, 0, p -> Spoil.noisy(p, 30));
    }

    private static void add(
            List<Damage> all, String name, FindingCode code, int quality, UnaryOperator<BufferedImage> how) {
        all.add(new Damage(name, Set.of(code), quality, how));
    }

    private static String as(int quality) {
        return quality == 0 ? ", PNG" : ", JPEG " + quality;
    }
}
