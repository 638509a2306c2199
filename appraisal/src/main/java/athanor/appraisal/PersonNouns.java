package athanor.appraisal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Class nouns that mean a human being. */
final class PersonNouns {

    private static final Set<String> NOUNS = Set.of(
            "person",
            "human",
            "woman",
            "women",
            "man",
            "men",
            "girl",
            "boy",
            "lady",
            "gentleman",
            "child",
            "kid",
            "baby",
            "toddler",
            "teenager",
            "adult",
            "guy",
            "male",
            "female",
            "actor",
            "actress",
            "model",
            "singer",
            "bride",
            "groom",
            "mother",
            "father",
            "grandmother",
            "grandfather",
            "face",
            "people",
            "人",
            "人物",
            "女人",
            "男人",
            "女孩",
            "男孩",
            "女性",
            "男性",
            "女子",
            "男子",
            "小孩",
            "儿童",
            "孩子",
            "婴儿",
            "老人",
            "少女",
            "少年");

    private PersonNouns() {}

    /** {@code "young woman"} is one too: the last word is the noun. */
    static boolean contain(String classNoun) {
        String[] words = classNoun.strip().toLowerCase(Locale.ROOT).split("[\\s_-]+");
        return Arrays.stream(words)
                .reduce((first, last) -> last)
                .filter(NOUNS::contains)
                .isPresent();
    }
}
