package athanor.diffusion.tokenizer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the reference tokenizer sees in each character (Unicode 14). Java's own tables are those of the JDK that happens
 * to run, and a character that one JDK knows and another does not would get other token ids.
 */
final class ClipCharacters {

    enum Kind {
        DROPPED,
        SPACE,
        LETTER,
        NUMBER,
        OTHER,
        /** Belongs to no word and separates those beside it. */
        GAP
    }

    /** How a character counts when it stands before or behind a capital sigma. */
    private enum Case {
        CASED,
        IGNORED,
        NEITHER
    }

    private record Entry(Kind kind, Case casing, int combiningClass) {}

    private static final int CAPITAL_SIGMA = 0x3a3;
    private static final int SMALL_SIGMA = 0x3c3;
    private static final int FINAL_SIGMA = 0x3c2;

    static final ClipCharacters TABLE = read();

    private final TreeMap<Integer, Entry> runs = new TreeMap<>();
    private final Map<Integer, String> lowerCase = new HashMap<>();
    private final Map<Integer, String> decompositions = new HashMap<>();
    private final Map<String, Integer> compositions = new HashMap<>();

    private ClipCharacters() {}

    private static ClipCharacters read() {
        ClipCharacters table = new ClipCharacters();
        try (InputStream resource = ClipVocabulary.resource("characters.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.US_ASCII))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(table::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    private void add(String line) {
        String[] fields = line.split(" ", 3);
        int codePoint = Integer.parseInt(fields[0], 16);
        switch (fields[1]) {
            case ">" -> lowerCase.put(codePoint, text(fields[2]));
            case "=", "~" -> {
                String parts = text(fields[2]);
                decompositions.put(codePoint, parts);
                if (fields[1].equals("=")) {
                    compositions.put(parts, codePoint);
                }
            }
            default -> addRun(codePoint, fields[1]);
        }
    }

    private static String text(String hexadecimal) {
        StringBuilder text = new StringBuilder();
        for (String code : hexadecimal.split(" ", -1)) {
            text.appendCodePoint(Integer.parseInt(code, 16));
        }
        return text.toString();
    }

    private void addRun(int codePoint, String sorts) {
        Kind kind = switch (sorts.charAt(0)) {
            case 'd' -> Kind.DROPPED;
            case 's' -> Kind.SPACE;
            case 'l' -> Kind.LETTER;
            case 'n' -> Kind.NUMBER;
            case 'g' -> Kind.GAP;
            default -> Kind.OTHER;
        };
        Case casing = switch (sorts.charAt(1)) {
            case 'c' -> Case.CASED;
            case 'i' -> Case.IGNORED;
            default -> Case.NEITHER;
        };
        runs.put(codePoint, new Entry(kind, casing, Integer.parseInt(sorts.substring(2))));
    }

    private Entry entry(int codePoint) {
        return runs.floorEntry(codePoint).getValue();
    }

    Kind kind(int codePoint) {
        return entry(codePoint).kind();
    }

    /** 0 for characters that stand alone; marks of different classes may change places. */
    int combiningClass(int codePoint) {
        return entry(codePoint).combiningClass();
    }

    /** One step of the canonical decomposition, or null. */
    @Nullable
    String decomposition(int codePoint) {
        return decompositions.get(codePoint);
    }

    /** The one character that two make together, or null. */
    @Nullable
    Integer composition(int first, int second) {
        return compositions.get(Character.toString(first) + Character.toString(second));
    }

    /** Lower case of a word; a capital sigma that ends the word's cased letters becomes the final small one. */
    String lowerCase(String word) {
        int[] points = word.codePoints().toArray();
        StringBuilder lower = new StringBuilder(word.length());
        for (int i = 0; i < points.length; i++) {
            if (points[i] == CAPITAL_SIGMA) {
                boolean last = isCased(points, i, -1) && !isCased(points, i, 1);
                lower.appendCodePoint(last ? FINAL_SIGMA : SMALL_SIGMA);
                continue;
            }
            String mapped = lowerCase.get(points[i]);
            if (mapped == null) {
                lower.appendCodePoint(points[i]);
            } else {
                lower.append(mapped);
            }
        }
        return lower.toString();
    }

    /** Whether the nearest character in that direction that is not ignored is cased. */
    private boolean isCased(int[] points, int from, int direction) {
        int i = from + direction;
        while (i >= 0 && i < points.length && entry(points[i]).casing() == Case.IGNORED) {
            i += direction;
        }
        return i >= 0 && i < points.length && entry(points[i]).casing() == Case.CASED;
    }
}
