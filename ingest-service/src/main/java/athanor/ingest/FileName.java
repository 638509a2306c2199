package athanor.ingest;

import athanor.store.Sha256;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names of uploads are shown to people, tell one upload from another, and are never used as paths: folders in front of them are
 * part of them. Two names that differ are shown differently, also where they cannot be shown as they are.
 */
final class FileName {

    /** What leads out of a folder says nothing about what is in it. */
    private static final Pattern ABOVE = Pattern.compile("^(\\p{Alpha}:)?(\\.{0,2}[/\\\\])*");

    /** Controls, half characters, and what makes others read backwards, so that "exe.png" looks like another ending. */
    private static final Pattern UNREADABLE =
            Pattern.compile("[\\p{Cntrl}\\p{Cs}\\p{Co}\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

    private static final int LONGEST = 200;
    private static final int KEPT = 150;
    private static final int LONGEST_ENDING = 12;
    private static final int DIGITS = 12;

    private FileName() {}

    /** The name as it was given, or shortened, with a mark of what it was, where it is long or holds what no one can read. */
    static String shown(String given) {
        String below = ABOVE.matcher(given).replaceFirst("");
        String readable = UNREADABLE.matcher(below).replaceAll("").strip();
        if (readable.equals(below) && below.length() <= LONGEST && !below.isEmpty()) {
            return below;
        }
        String ending = ending(readable);
        String stem = readable.substring(0, readable.length() - ending.length());
        int kept = Math.min(KEPT, stem.length());
        if (kept < stem.length() && Character.isLowSurrogate(stem.charAt(kept))) {
            kept--;
        }
        return "%s~%s%s".formatted(kept == 0 ? "picture" : stem.substring(0, kept), mark(given), ending);
    }

    /** Names that several pictures of one list share get a number, so that each picture has its own. */
    static List<String> distinct(List<String> names) {
        Set<String> taken = new HashSet<>(names);
        Set<String> seen = new HashSet<>();
        return names.stream()
                .map(name -> {
                    String own = name;
                    for (int number = 2; !seen.add(own); number++) {
                        String ending = ending(name);
                        String numbered = "%s (%d)%s"
                                .formatted(name.substring(0, name.length() - ending.length()), number, ending);
                        own = taken.contains(numbered) ? own : numbered;
                    }
                    return own;
                })
                .collect(Collectors.toList());
    }

    private static String ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 || name.length() - dot > LONGEST_ENDING ? "" : name.substring(dot);
    }

    /** Of the characters one by one: as text, names that are no Unicode would all be the same. */
    private static String mark(String given) {
        ByteBuffer characters = ByteBuffer.allocate(Character.BYTES * given.length());
        characters.asCharBuffer().put(given);
        return Sha256.of(characters.array()).substring(0, DIGITS);
    }
}
