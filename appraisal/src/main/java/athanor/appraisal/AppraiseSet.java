package athanor.appraisal;

import athanor.contracts.picture.Finding;
import athanor.contracts.picture.FindingCode;
import athanor.contracts.picture.PeopleLook;
import athanor.contracts.picture.Severity;
import athanor.contracts.rest.PictureView;
import athanor.contracts.rest.PicturesReport;
import java.util.List;

/**
 * What is known of the pictures of a set, each and as a whole. Works on what was written down when they were looked at, so it can
 * be asked at any time and in any language.
 */
public final class AppraiseSet {

    private final List<Judged> pictures;
    private final Sentences sentences;

    /** @param pictures in the order in which views are wanted */
    public AppraiseSet(List<Judged> pictures, Sentences sentences) {
        this.pictures = List.copyOf(pictures);
        this.sentences = sentences;
    }

    public List<PictureView> pictures() {
        return pictures.stream().map(this::view).toList();
    }

    public PicturesReport report() {
        return SetReport.of(pictures(), List.of(), sentences);
    }

    private PictureView view(Judged picture) {
        return picture.appraisal() instanceof Appraisal.Usable usable
                ? usable(picture, usable)
                : refused(picture.fileName(), (Appraisal.Refused) picture.appraisal());
    }

    private PictureView usable(Judged picture, Appraisal.Usable usable) {
        PeopleLook people = usable.look().people();
        return new PictureView(
                picture.fileName(),
                true,
                Findings.sorted(usable.look().findings()).stream()
                        .map(this::translated)
                        .toList(),
                usable.size(),
                usable.format().name(),
                picture.sha256(),
                picture.caption(),
                usable.look().measured(),
                people == null ? null : people.faces(),
                people == null ? null : people.people(),
                people == null ? null : people.framing(),
                people == null ? null : people.headShare(),
                people == null ? null : people.detector());
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
        boolean ours = finding.evidence() != null || finding.code() == FindingCode.NO_PERSON;
        String sentence = ours ? words : "%s（%s）".formatted(words, finding.sentence());
        return new Finding(finding.code(), finding.severity(), sentence, finding.evidence());
    }
}
