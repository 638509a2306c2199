package athanor.appraisal;

import athanor.contracts.picture.Evidence;
import athanor.contracts.picture.Finding;
import athanor.contracts.picture.FindingCode;
import athanor.contracts.picture.MeasuredPicture;
import athanor.contracts.picture.PeopleLook;
import athanor.contracts.picture.Severity;
import athanor.contracts.rest.PictureView;
import athanor.contracts.rest.PicturesReport;
import athanor.pictures.quality.SimilarPictures;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of the pictures of a set, each and as a whole. Works on what was written down when they were looked at, so it can
 * be asked at any time and in any language.
 */
public final class AppraiseSet {

    /** Their sentence says all there is. */
    private static final Set<FindingCode> WHOLE = EnumSet.of(FindingCode.NO_PERSON, FindingCode.LEFT_OUT);

    private final List<Judged> pictures;
    private final Sentences sentences;
    private final Map<String, List<Finding>> likenesses = new HashMap<>();
    private final List<PicturesReport.Alike> alike = new ArrayList<>();

    /** A picture that was measured. */
    private record Comparable(String fileName, SimilarPictures.Candidate candidate) {}

    /** @param pictures in the order in which views are wanted */
    public AppraiseSet(List<Judged> pictures, Sentences sentences) {
        this.pictures = List.copyOf(pictures);
        this.sentences = sentences;
        compare();
    }

    public List<PictureView> pictures() {
        return pictures.stream().map(this::view).toList();
    }

    public PicturesReport report() {
        return SetReport.of(pictures(), alike, sentences);
    }

    private void compare() {
        List<Comparable> measured = new ArrayList<>();
        for (Judged picture : pictures) {
            if (picture.appraisal() instanceof Appraisal.Usable usable
                    && usable.look().measured() != null) {
                measured.add(new Comparable(
                        picture.fileName(), candidate(usable.look().measured())));
            }
        }
        for (SimilarPictures.Group group : SimilarPictures.among(
                measured.stream().map(Comparable::candidate).toList())) {
            String keep = measured.get(group.keep()).fileName();
            List<String> others = new ArrayList<>();
            for (SimilarPictures.Likeness likeness : group.others()) {
                String other = measured.get(likeness.picture()).fileName();
                others.add(other);
                FindingCode code = Codes.of(likeness.kind());
                add(other, code, Severity.WARNING, measured.get(likeness.of()).fileName(), keep);
                if (likeness.of() == group.keep()) {
                    add(keep, code, Severity.HINT, other, keep);
                }
            }
            alike.add(new PicturesReport.Alike(keep, others));
        }
    }

    private static SimilarPictures.Candidate candidate(MeasuredPicture measured) {
        return new SimilarPictures.Candidate(
                measured.width(),
                measured.height(),
                (long) measured.effectiveWidth() * measured.effectiveHeight(),
                measured.reblur() == null ? 1 : measured.reblur(),
                Measurements.fingerprint(measured.fingerprint()));
    }

    private void add(String picture, FindingCode code, Severity severity, String other, String keep) {
        likenesses
                .computeIfAbsent(picture, name -> new ArrayList<>())
                .add(Findings.made(code, severity, Evidence.likeness(other, keep)));
    }

    private PictureView view(Judged picture) {
        return picture.appraisal() instanceof Appraisal.Usable usable
                ? usable(picture, usable)
                : refused(picture.fileName(), (Appraisal.Refused) picture.appraisal());
    }

    private PictureView usable(Judged picture, Appraisal.Usable usable) {
        List<Finding> findings = new ArrayList<>(usable.look().findings());
        findings.addAll(likenesses.getOrDefault(picture.fileName(), List.of()));
        PeopleLook people = usable.look().people();
        return new PictureView(
                picture.fileName(),
                true,
                Findings.sorted(findings).stream().map(this::translated).toList(),
                usable.size(),
                usable.format().name(),
                picture.sha256(),
                picture.caption(),
                usable.look().measured(),
                people == null ? null : people.faces(),
                people == null ? null : people.people(),
                picture.said().framing() != null ? picture.said().framing() : people == null ? null : people.framing(),
                people == null ? null : people.headShare(),
                people == null ? null : people.detector(),
                picture.said().regions(),
                picture.said().framing());
    }

    private PictureView refused(String fileName, Appraisal.Refused refused) {
        Finding finding = new Finding(refused.code(), Severity.REJECTED, refused.reason(), null);
        return PictureView.rejected(fileName, translated(finding));
    }

    /** What a decoder said is kept, in English, beside the words of its kind. */
    private Finding translated(Finding finding) {
        if (sentences.english()) {
            return finding;
        }
        String words = sentences.of(finding.code(), finding.evidence());
        boolean ours = finding.evidence() != null || WHOLE.contains(finding.code());
        String sentence = ours ? words : "%s（%s）".formatted(words, finding.sentence());
        return new Finding(finding.code(), finding.severity(), sentence, finding.evidence());
    }
}
