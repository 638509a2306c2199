package athanor.pictures.quality;

import athanor.pictures.Fingerprint;
import athanor.pictures.Measured;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which pictures of a set show the same. Thresholds by what 131 photographs and 13 changed copies of each measured: a copy that was
 * resized, recompressed, brightened, marked or cut by 4 % stays within {@value #MOST_DHASH} bits of dHash and {@value #MOST_PHASH}
 * of pHash; of 8,515 pairs of different photographs none did, frames of one burst apart. Larger cuts are not found, and nothing is
 * claimed about them.
 */
public final class SimilarPictures {

    /** Share of a picture's pixels; what carries detail of its own in fewer was enlarged. */
    private static final double NOT_ENLARGED = 0.9;

    /** In area: by more than twice in each direction nothing seen is wrong. */
    private static final long UNSEEN_ENLARGEMENT = 6;

    /** Smaller differences are those of another save and not of another sharpness. */
    private static final double REBLURS_TOLD_APART = 20;

    static final int MOST_DHASH = 10;
    static final int MOST_PHASH = 12;

    /**
     * A cut of 4 % at one corner moves every cell: up to 13 bits of dHash and few of pHash, which no two different photographs shared.
     */
    static final int MOST_DHASH_WHEN_CUT = 14;

    static final int MOST_PHASH_WHEN_CUT = 10;

    /** On both hashes: what remains between two copies of one shot that nobody edited. */
    static final int SAME_SHOT = 4;

    private SimilarPictures() {}

    /** What one picture is to another, closest first. */
    public enum Kind {
        /** Every pixel is the same. */
        DUPLICATE,
        /** One shot, resized or saved again. */
        SAME_SHOT,
        /** As large and almost the same: taken a moment apart, or edited. */
        BURST,
        /** Of another size and almost the same: cut, marked or edited. */
        NEAR_DUPLICATE,
        /** The same as a mirror shows it. */
        MIRRORED
    }

    /**
     * What is compared of a picture, which may have been measured long ago.
     *
     * @param effectivePixels pixels that carry detail of their own
     * @param reblur 0 sharp to 1 blurred; 1 where it was not measured
     */
    public record Candidate(int width, int height, long effectivePixels, double reblur, Fingerprint fingerprint) {

        public static Candidate of(Measured measured) {
            return new Candidate(
                    measured.width(),
                    measured.height(),
                    (long) measured.effectiveWidth() * measured.effectiveHeight(),
                    measured.reblur().orElse(1),
                    measured.fingerprint());
        }

        /** What was enlarged four times may look as if it had been enlarged twice, so of that little is believed. */
        long pixelsToCountOn() {
            boolean enlarged = effectivePixels < NOT_ENLARGED * width * height;
            return enlarged ? effectivePixels / UNSEEN_ENLARGEMENT : effectivePixels;
        }
    }

    /**
     * @param picture position in the list
     * @param of position of the picture of its group that it is closest to
     */
    public record Likeness(int picture, int of, Kind kind) {}

    /**
     * @param keep position of the picture that has most to give: more pixels of its own, then clearly sharper, then earlier in
     *     the list
     * @param others all others of the group, each with what it is like
     */
    public record Group(int keep, List<Likeness> others) {

        public Group {
            others = List.copyOf(others);
        }
    }

    /** A pair that is alike. */
    private record Pair(int first, int second, Kind kind, int bits) {}

    /** @return in the order of the list, none of a single picture */
    public static List<Group> in(List<Measured> pictures) {
        return among(pictures.stream().map(Candidate::of).toList());
    }

    /** The same of pictures that were measured before. */
    public static List<Group> among(List<Candidate> pictures) {
        List<Pair> pairs = pairs(pictures);
        int[] group = new int[pictures.size()];
        for (int i = 0; i < group.length; i++) {
            group[i] = i;
        }
        for (Pair pair : pairs) {
            join(group, pair.first(), pair.second());
        }
        List<Group> groups = new ArrayList<>();
        for (int first = 0; first < group.length; first++) {
            List<Integer> members = members(group, first);
            if (root(group, first) == first && members.size() > 1) {
                groups.add(group(members, pictures, pairs));
            }
        }
        return groups;
    }

    private static List<Pair> pairs(List<Candidate> pictures) {
        List<Pair> pairs = new ArrayList<>();
        for (int second = 1; second < pictures.size(); second++) {
            for (int first = 0; first < second; first++) {
                Pair pair = compare(first, pictures.get(first), second, pictures.get(second));
                if (pair != null) {
                    pairs.add(pair);
                }
            }
        }
        pairs.sort(Comparator.comparing(Pair::kind).thenComparingInt(Pair::bits));
        return pairs;
    }

    private static @org.jspecify.annotations.Nullable Pair compare(int first, Candidate a, int second, Candidate b) {
        Fingerprint.Distance plain = a.fingerprint().distance(b.fingerprint());
        int bits = plain.dHash() + plain.pHash();
        if (a.fingerprint().samePixels(b.fingerprint())) {
            return new Pair(first, second, Kind.DUPLICATE, 0);
        }
        if (plain.atMost(SAME_SHOT, SAME_SHOT)) {
            return new Pair(first, second, Kind.SAME_SHOT, bits);
        }
        if (alike(plain)) {
            boolean sameSize = a.width() == b.width() && a.height() == b.height();
            return new Pair(first, second, sameSize ? Kind.BURST : Kind.NEAR_DUPLICATE, bits);
        }
        Fingerprint.Distance mirrored = a.fingerprint().mirroredDistance(b.fingerprint());
        return alike(mirrored) ? new Pair(first, second, Kind.MIRRORED, mirrored.dHash() + mirrored.pHash()) : null;
    }

    static boolean alike(Fingerprint.Distance distance) {
        return distance.atMost(MOST_DHASH, MOST_PHASH) || distance.atMost(MOST_DHASH_WHEN_CUT, MOST_PHASH_WHEN_CUT);
    }

    private static int root(int[] group, int i) {
        int root = i;
        while (group[root] != root) {
            root = group[root];
        }
        return root;
    }

    /** The smaller root wins, so that a group is named by its first picture. */
    private static void join(int[] group, int a, int b) {
        int rootA = root(group, a);
        int rootB = root(group, b);
        group[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
    }

    private static List<Integer> members(int[] group, int root) {
        List<Integer> members = new ArrayList<>();
        for (int i = root; i < group.length; i++) {
            if (root(group, i) == root) {
                members.add(i);
            }
        }
        return members;
    }

    private static Group group(List<Integer> members, List<Candidate> pictures, List<Pair> closestFirst) {
        int keep = members.stream()
                .max(Comparator.<Integer>comparingLong(i -> pictures.get(i).pixelsToCountOn())
                        .thenComparingLong(i ->
                                -Math.round(REBLURS_TOLD_APART * pictures.get(i).reblur()))
                        .thenComparingInt(i -> -i))
                .orElseThrow();
        List<Likeness> others = new ArrayList<>();
        for (int member : members) {
            if (member != keep) {
                others.add(closest(member, keep, closestFirst));
            }
        }
        return new Group(keep, others);
    }

    /** To the picture that is kept where the two are alike, else to the closest of the group. */
    private static Likeness closest(int member, int keep, List<Pair> closestFirst) {
        Likeness closest = null;
        for (Pair pair : closestFirst) {
            if (pair.first() == member || pair.second() == member) {
                int other = pair.first() == member ? pair.second() : pair.first();
                if (other == keep) {
                    return new Likeness(member, keep, pair.kind());
                }
                if (closest == null) {
                    closest = new Likeness(member, other, pair.kind());
                }
            }
        }
        if (closest == null) {
            throw new IllegalStateException("picture %d is alone in its group".formatted(member));
        }
        return closest;
    }
}
