package athanor.plan.captions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the owner of captions should know before they are trained with. Sentences, each with what to do. */
public final class CaptionLint {

    /** Share of the captions that should call the subject themselves. */
    private static final double MOST = 0.8;
    /** Share of the captions that may say the same. */
    private static final double ALIKE = 0.8;
    /** Of fewer captions it says nothing that some are the same. */
    private static final int SEVERAL = 3;
    /** Share of the captions from which on a word of the subject's looks is more than a slip. */
    private static final double SOME = 0.2;

    private static final int NAMED = 3;

    /** What CLIP's text encoders read. */
    private static final int ROOM = 75;
    /** Each of these is at least one token, whatever the vocabulary. */
    private static final Pattern AT_LEAST_A_TOKEN = Pattern.compile("[\\p{L}\\p{M}]+|\\p{N}|[^\\s\\p{L}\\p{M}\\p{N}]+");

    private CaptionLint() {}

    /**
     * @param captions as they were given; null or blank where none was
     * @param word that is to call the subject; null where that is not known yet
     */
    public static List<String> warnings(List<@Nullable String> captions, @Nullable String word) {
        List<String> given = captions.stream()
                .filter(Objects::nonNull)
                .map(caption -> caption.strip().replaceAll("\\s+", " "))
                .filter(caption -> !caption.isEmpty())
                .toList();
        List<String> warnings = new ArrayList<>();
        if (given.isEmpty()) {
            return warnings;
        }
        if (word != null) {
            aboutTheTrigger(given, word, warnings);
        }
        aboutLikeness(given, warnings);
        aboutLooks(given, warnings);
        return warnings;
    }

    private static void aboutTheTrigger(List<String> captions, String word, List<String> warnings) {
        long with = captions.stream().filter(caption -> holds(caption, word)).count();
        if (with < MOST * captions.size()) {
            warnings.add(
                    ("'%s' is in %d of %d captions and is put into the others: check that these captions are about the"
                                    + " subject, and write it where it belongs")
                            .formatted(word, with, captions.size()));
        } else if (with < captions.size()) {
            long without = captions.size() - with;
            warnings.add("'%s' is put into %d %s without it"
                    .formatted(word, without, without == 1 ? "caption" : "captions"));
        }
    }

    /** Whether a caption holds a word by itself: "man" is not in "woman". */
    public static boolean holds(String caption, String word) {
        return Pattern.compile(
                        "(?<![\\p{L}\\p{N}])" + Pattern.quote(word) + "(?![\\p{L}\\p{N}])",
                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(caption)
                .find();
    }

    private static void aboutLikeness(List<String> captions, List<String> warnings) {
        if (captions.size() < SEVERAL) {
            return;
        }
        long alike = captions.stream()
                .collect(Collectors.groupingBy(caption -> caption.toLowerCase(Locale.ROOT), Collectors.counting()))
                .values()
                .stream()
                .max(Comparator.naturalOrder())
                .orElse(0L);
        if (alike >= ALIKE * captions.size()) {
            warnings.add(
                    ("%s of the %d captions say the same: what differs between the pictures is then learnt together with the"
                                    + " subject; say in each what is not the subject: place, clothes, light, framing")
                            .formatted(alike == captions.size() ? "all" : Long.toString(alike), captions.size()));
        }
    }

    private static void aboutLooks(List<String> captions, List<String> warnings) {
        Map<String, Integer> said = new LinkedHashMap<>();
        int naming = 0;
        for (String caption : captions) {
            var words = LearntWords.in(caption);
            words.forEach(word -> said.merge(word, 1, Integer::sum));
            naming += words.isEmpty() ? 0 : 1;
        }
        if (naming > 0 && naming >= SOME * captions.size()) {
            warnings.add(
                    ("%d of %d captions name what shall be learnt (%s): it is then learnt for these words, and less of it for the"
                                    + " trigger; leave out what is the same in every picture")
                            .formatted(
                                    naming,
                                    captions.size(),
                                    said.entrySet().stream()
                                            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                                            .limit(NAMED)
                                            .map(entry -> "'%s'".formatted(entry.getKey()))
                                            .collect(Collectors.joining(", "))));
        }
    }

    /**
     * Where no tokenizer is at hand: what certainly is longer than text encoders read.
     *
     * @param captions by the names of their pictures
     */
    public static List<String> certainlyTooLong(Map<String, String> captions) {
        List<String> warnings = new ArrayList<>();
        captions.forEach((fileName, caption) -> {
            long tokens = AT_LEAST_A_TOKEN.matcher(caption).results().count();
            if (tokens > ROOM) {
                warnings.add(
                        "%s: the caption has at least %d tokens and text encoders read %d: what stands behind is not read"
                                .formatted(fileName, tokens, ROOM));
            }
        });
        return warnings;
    }
}
