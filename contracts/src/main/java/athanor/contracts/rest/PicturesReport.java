package athanor.contracts.rest;

import athanor.contracts.picture.FindingCode;
import athanor.contracts.picture.Framing;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A set of pictures as a whole: what it can teach, and what would make it better.
 *
 * @param shortSides accepted pictures by their effective shorter side
 * @param findings how many pictures have each
 * @param framings accepted pictures by how they show the person; empty where nobody could look
 * @param alike groups of pictures that show the same, each with the one to keep
 * @param captions what their owner should know of them before they are trained with, a sentence each; absent where nobody looked
 * @param next what to do, in order of gain, a sentence each; empty when the set is good as it is
 */
public record PicturesReport(
        int pictures,
        int accepted,
        int withFindings,
        int rejected,
        List<SideCount> shortSides,
        Map<FindingCode, Integer> findings,
        Map<Framing, Integer> framings,
        List<Alike> alike,
        List<String> next,
        @Nullable List<String> captions) {

    public PicturesReport(
            int pictures,
            int accepted,
            int withFindings,
            int rejected,
            List<SideCount> shortSides,
            Map<FindingCode, Integer> findings,
            Map<Framing, Integer> framings,
            List<Alike> alike,
            List<String> next) {
        this(pictures, accepted, withFindings, rejected, shortSides, findings, framings, alike, next, null);
    }

    public PicturesReport {
        shortSides = List.copyOf(shortSides);
        alike = List.copyOf(alike);
        next = List.copyOf(next);
        captions = captions == null ? null : List.copyOf(captions);
    }

    /** The same report, with what is to be said of the captions. */
    public PicturesReport andOfCaptions(List<String> sentences) {
        return new PicturesReport(
                pictures, accepted, withFindings, rejected, shortSides, findings, framings, alike, next, sentences);
    }

    /** @param from pixels, this many at least; @param below fewer than this, 0 where there is no limit */
    public record SideCount(int from, int below, int pictures) {}

    /** @param keep the picture that has most to give */
    public record Alike(String keep, List<String> others) {

        public Alike {
            others = List.copyOf(others);
        }
    }
}
