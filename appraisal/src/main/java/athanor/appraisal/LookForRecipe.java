package athanor.appraisal;

import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.picture.Finding;
import athanor.contracts.picture.FindingCode;
import athanor.contracts.picture.MeasuredPicture;
import athanor.contracts.picture.PeopleLook;
import athanor.contracts.picture.PictureLook;
import athanor.pictures.quality.Weaknesses;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What was seen of a picture, judged anew for another recipe: one size is too small for one base and large enough for another, and
 * nobody misses a person in a picture of a shoe. Made of what was written down; the picture itself is not looked at again.
 */
public final class LookForRecipe {

    private static final Set<FindingCode> BY_RECIPE =
            EnumSet.of(FindingCode.TOO_SMALL, FindingCode.UPSCALED, FindingCode.SEVERAL_PEOPLE, FindingCode.NO_PERSON);

    /** The effective width was rounded to whole pixels. */
    private static final double DECIMALS = 10;

    private LookForRecipe() {}

    public static AcceptedPicture of(AcceptedPicture picture, Expected expected) {
        PictureLook look = picture.look();
        return look == null ? picture : picture.seenAs(of(look, expected));
    }

    static PictureLook of(PictureLook look, Expected expected) {
        List<Finding> findings = new ArrayList<>(look.findings());
        findings.removeIf(finding -> BY_RECIPE.contains(finding.code()));
        MeasuredPicture measured = look.measured();
        if (measured != null) {
            double enlargement = Math.round(DECIMALS * measured.width() / measured.effectiveWidth()) / DECIMALS;
            Weaknesses.ofSize(measured.effectiveWidth(), measured.effectiveHeight(), enlargement, expected.side())
                    .forEach(weakness -> findings.add(Findings.of(weakness)));
        }
        PeopleLook people = look.people();
        if (people != null) {
            Findings.ofPeople(people, expected).ifPresent(findings::add);
        }
        return new PictureLook(Findings.sorted(findings), measured, people);
    }
}
