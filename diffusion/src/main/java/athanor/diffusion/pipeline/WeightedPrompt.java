package athanor.diffusion.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt whose words have weights, in the notation of the common web UIs: {@code (word)} counts 1.1 times,
 * {@code (word:1.3)} 1.3 times, {@code [word]} 1 / 1.1 times; brackets nest and multiply; {@code \(} is a bracket to be read.
 * A bracket that is never closed holds to the end, one that was never opened is text.
 *
 * @param pieces the text in order, neighbours of one weight joined
 */
public record WeightedPrompt(List<Piece> pieces) {

    private static final double STEP = 1.1;
    private static final String NUMBER = "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)";
    private static final Pattern BREAK = Pattern.compile("\\bBREAK\\b");
    private static final Pattern WEIGHT = Pattern.compile("\\s*(" + NUMBER + ")\\s*");
    private static final Pattern TOKEN =
            Pattern.compile("\\\\[()\\[\\]\\\\]|\\\\|\\(|\\[|:\\s*(" + NUMBER + ")\\s*\\)|\\)|]|[^\\\\()\\[\\]:]+|:");

    /**
     * Some text of one weight.
     *
     * @param weight 1 is as written
     */
    public record Piece(String text, double weight) {}

    public WeightedPrompt {
        pieces = List.copyOf(pieces);
    }

    /** Never fails: what makes no sense as a weight is text. */
    public static WeightedPrompt parse(String prompt) {
        List<Piece> pieces = new ArrayList<>();
        Deque<Integer> round = new ArrayDeque<>(); // where each open bracket began, in pieces
        Deque<Integer> square = new ArrayDeque<>();
        Matcher token = TOKEN.matcher(prompt);
        while (token.find()) {
            String text = token.group();
            if (text.equals("(")) {
                round.push(pieces.size());
            } else if (text.equals("[")) {
                square.push(pieces.size());
            } else if (token.group(1) != null && !round.isEmpty()) {
                multiply(pieces, round.pop(), Double.parseDouble(token.group(1)));
            } else if (text.equals(")") && !round.isEmpty()) {
                multiply(pieces, round.pop(), STEP);
            } else if (text.equals("]") && !square.isEmpty()) {
                multiply(pieces, square.pop(), 1 / STEP);
            } else {
                boolean escaped = text.length() == 2 && text.charAt(0) == '\\';
                pieces.add(new Piece(escaped ? text.substring(1) : text, 1));
            }
        }
        round.forEach(start -> multiply(pieces, start, STEP));
        square.forEach(start -> multiply(pieces, start, 1 / STEP));
        return new WeightedPrompt(joined(pieces));
    }

    /** What stands between {@code BREAK}s, each with its weights; empty parts are left out, and one is there at least. */
    List<WeightedPrompt> parts() {
        List<WeightedPrompt> parts = new ArrayList<>();
        List<Piece> part = new ArrayList<>();
        for (Piece piece : pieces) {
            String[] texts = BREAK.split(piece.text(), -1);
            for (int i = 0; i < texts.length; i++) {
                if (i > 0) {
                    parts.add(new WeightedPrompt(part));
                    part = new ArrayList<>();
                }
                if (!texts[i].isEmpty()) {
                    part.add(new Piece(texts[i], piece.weight()));
                }
            }
        }
        parts.add(new WeightedPrompt(part));
        List<WeightedPrompt> written =
                parts.stream().filter(one -> !one.text().isBlank()).toList();
        return written.isEmpty() ? List.of(new WeightedPrompt(List.of())) : written;
    }

    /** The number that stands behind a colon, if it is one: {@code 1.3}, {@code .5}, {@code 1.} and {@code -1}. */
    static OptionalDouble weight(String text) {
        Matcher number = WEIGHT.matcher(text);
        return number.matches() ? OptionalDouble.of(Double.parseDouble(number.group(1))) : OptionalDouble.empty();
    }

    /** The text without its weights. */
    public String text() {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece.text()));
        return text.toString();
    }

    /** Whether any weight differs from 1. */
    public boolean isWeighted() {
        return pieces.stream().anyMatch(piece -> piece.weight() != 1);
    }

    private static void multiply(List<Piece> pieces, int from, double factor) {
        for (int i = from; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            pieces.set(i, new Piece(piece.text(), piece.weight() * factor));
        }
    }

    private static List<Piece> joined(List<Piece> pieces) {
        List<Piece> joined = new ArrayList<>();
        for (Piece piece : pieces) {
            int last = joined.size() - 1;
            if (last >= 0 && joined.get(last).weight() == piece.weight()) {
                joined.set(last, new Piece(joined.get(last).text() + piece.text(), piece.weight()));
            } else {
                joined.add(piece);
            }
        }
        return joined;
    }
}
