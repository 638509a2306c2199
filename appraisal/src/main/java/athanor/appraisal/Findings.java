package athanor.appraisal;

import athanor.contracts.picture.Evidence;
import athanor.contracts.picture.Finding;
import athanor.contracts.picture.FindingCode;
import athanor.contracts.picture.Severity;
import athanor.pictures.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the findings of a picture by itself. */
final class Findings {

    private Findings() {}

    static Finding of(Verdict.Remark remark) {
        FindingCode code = Codes.of(remark.about());
        Severity severity = code == FindingCode.DAMAGED ? Severity.WARNING : Severity.HINT;
        return new Finding(code, severity, remark.sentence(), null);
    }

    static Finding made(FindingCode code, Severity severity, @Nullable Evidence evidence) {
        return new Finding(code, severity, Sentences.in(Locale.ENGLISH).of(code, evidence), evidence);
    }

    /** The gravest first. */
    static List<Finding> sorted(List<Finding> findings) {
        return findings.stream()
                .sorted(Comparator.comparing(Finding::severity).reversed())
                .toList();
    }
}
