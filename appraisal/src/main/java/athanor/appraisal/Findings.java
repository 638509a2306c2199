package athanor.appraisal;

import athanor.contracts.picture.Evidence;
import athanor.contracts.picture.Finding;
import athanor.contracts.picture.FindingCode;
import athanor.contracts.picture.PeopleLook;
import athanor.contracts.picture.Severity;
import athanor.people.PeopleSeen;
import athanor.pictures.Verdict;
import athanor.pictures.quality.RegionMeasures;
import athanor.pictures.quality.Weakness;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the findings of a picture by itself. */
final class Findings {

    private Findings() {}

    static Finding of(Verdict.Remark remark) {
        FindingCode code = Codes.of(remark.about());
        Severity severity = code == FindingCode.DAMAGED ? Severity.WARNING : Severity.HINT;
        return new Finding(code, severity, remark.sentence(), null);
    }

    static Finding of(Weakness weakness) {
        Evidence evidence = Evidence.measured(weakness.number(), weakness.threshold());
        return made(Codes.of(weakness.kind()), Codes.of(weakness.severity()), evidence);
    }

    /** Light is judged by the face where there is one: people stand before white walls, and in the dark. */
    static boolean isRefuted(Weakness weakness, RegionMeasures face) {
        return switch (weakness.kind()) {
            case DARK -> face.exposure().last() >= weakness.threshold();
            case OVEREXPOSED -> face.exposure().bright() <= weakness.threshold();
            default -> false;
        };
    }

    static Optional<Finding> ofFace(RegionMeasures face) {
        if (!face.blurred()) {
            return Optional.empty();
        }
        Evidence evidence = Evidence.measured(face.edgeBlur().orElseThrow(), RegionMeasures.BLURRED);
        return Optional.of(made(FindingCode.FACE_BLURRED, Severity.WARNING, evidence));
    }

    /** A person is expected: nobody is there, or more than one. */
    static Optional<Finding> ofPeople(PeopleLook seen, Expected expected) {
        if (!expected.person()) {
            return Optional.empty();
        }
        if (seen.faces().size() > 1
                && seen.faces().get(1).height()
                        >= PeopleSeen.AS_IMPORTANT * seen.faces().get(0).height()) {
            return Optional.of(made(
                    FindingCode.SEVERAL_PEOPLE,
                    Severity.WARNING,
                    Evidence.measured(seen.faces().size(), 1)));
        }
        return seen.people() == 0 ? Optional.of(made(FindingCode.NO_PERSON, Severity.WARNING, null)) : Optional.empty();
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
