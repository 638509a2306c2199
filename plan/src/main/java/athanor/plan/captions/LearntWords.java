package athanor.plan.captions;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words of a caption for what stays with a subject from picture to picture, and so is what shall be learnt. A short list of the
 * usual ones: clothes are not in it, since they change.
 */
final class LearntWords {

    private static final String LOOKS =
            "blond|blonde|brown|black|red|ginger|auburn|grey|gray|white|dark|light|long|short"
                    + "|curly|wavy|straight|blue|green|hazel|big|small|narrow|round|bushy|thick|thin|full|pointed|pale|tanned|fair|olive";
    private static final String PARTS = "hair|hairs|eyes|eyebrows|nose|lips|skin|ears|fur|jaw|chin";
    private static final String ALONE = "freckles|freckled|beard|bearded|moustache|mustache|dimples|mole|scar|birthmark"
            + "|blue-eyed|green-eyed|brown-eyed|redhead|redheaded|brunette|bald";

    private static final Pattern NAMED = Pattern.compile(
            "(?<![\\p{L}\\p{N}])(?:(?:(?:%s)[ ,-]+){1,3}(?:%s)|(?:%s))(?![\\p{L}\\p{N}])".formatted(LOOKS, PARTS, ALONE)
                    + "|[金黑棕红紅白灰长長短卷捲直][发髮]|[蓝藍绿綠棕褐][眼]|雀斑|胡子|鬍子",
            Pattern.CASE_INSENSITIVE);

    private LearntWords() {}

    static Set<String> in(String caption) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = NAMED.matcher(caption);
        while (matcher.find()) {
            found.add(matcher.group().toLowerCase(Locale.ROOT));
        }
        return found;
    }
}
