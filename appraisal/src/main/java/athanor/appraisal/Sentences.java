package athanor.appraisal;

import athanor.contracts.picture.Evidence;
import athanor.contracts.picture.FindingCode;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** What findings say, in the languages that there are: {@code sentences.properties} beside this class is English. */
public final class Sentences {

    /** Without a territory: whoever asks for any Chinese gets ours. */
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.CHINESE);

    private final ResourceBundle words;
    private final Locale language;

    private Sentences(Locale language) {
        this.language = language;
        this.words = ResourceBundle.getBundle(
                "athanor.appraisal.sentences",
                language,
                Sentences.class.getClassLoader(),
                // The machine's own language is nobody's wish.
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    public static Sentences in(Locale language) {
        return new Sentences(language);
    }

    /** @param acceptLanguage the header of that name, null or anything; English where it names nothing that there is */
    public static Sentences asked(@Nullable String acceptLanguage) {
        if (acceptLanguage == null) {
            return in(Locale.ENGLISH);
        }
        try {
            Locale wanted = Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), LANGUAGES);
            return in(wanted == null ? Locale.ENGLISH : wanted);
        } catch (IllegalArgumentException noSuchHeader) {
            return in(Locale.ENGLISH);
        }
    }

    boolean english() {
        return language.equals(Locale.ENGLISH);
    }

    String of(FindingCode code, @Nullable Evidence evidence) {
        return of(
                code.name(),
                evidence == null || evidence.number() == null ? "" : number(code, evidence.number()),
                evidence == null || evidence.threshold() == null ? "" : number(code, evidence.threshold()),
                evidence == null || evidence.other() == null ? "" : evidence.other(),
                evidence == null || evidence.keep() == null ? "" : evidence.keep());
    }

    String of(String key, Object... parts) {
        return new MessageFormat(words.getString(key), language).format(parts);
    }

    private static String number(FindingCode code, double number) {
        return switch (code) {
            case OVEREXPOSED -> "%.0f".formatted(100 * number);
            case TOO_SMALL, DARK, FLAT, SEVERAL_PEOPLE -> "%.0f".formatted(number);
            case MOTION_BLURRED -> "%.2f".formatted(number);
            default -> "%.1f".formatted(number);
        };
    }
}
