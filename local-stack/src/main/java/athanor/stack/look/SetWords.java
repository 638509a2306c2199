package athanor.stack.look;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** What the terminal says of a set, in the languages that there are: {@code set.properties} beside this class is English. */
public final class SetWords {

    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.CHINESE);

    private final ResourceBundle words;
    private final Locale language;

    private SetWords(Locale language) {
        this.language = language;
        this.words = ResourceBundle.getBundle(
                "athanor.stack.look.set",
                language,
                SetWords.class.getClassLoader(),
                // The machine's own language is nobody's wish.
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    public static SetWords english() {
        return new SetWords(Locale.ENGLISH);
    }

    /** @param tag such as zh-CN; English where it names nothing that there is */
    public static SetWords asked(@Nullable String tag) {
        try {
            Locale wanted = tag == null ? null : Locale.lookup(Locale.LanguageRange.parse(tag), LANGUAGES);
            return new SetWords(wanted == null ? Locale.ENGLISH : wanted);
        } catch (IllegalArgumentException noSuchTag) {
            return english();
        }
    }

    /** Numbers as they are: 1024 has no comma. */
    public String of(String key, Object... parts) {
        Object[] plain = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            plain[i] = i == 0 && key.equals("summary") ? parts[i] : String.valueOf(parts[i]);
        }
        return new MessageFormat(words.getString(key), language).format(plain);
    }

    String list(List<String> parts) {
        return String.join(language.equals(Locale.CHINESE) ? "，" : ", ", parts);
    }
}
