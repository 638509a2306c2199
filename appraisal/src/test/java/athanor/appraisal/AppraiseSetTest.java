package athanor.appraisal;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.picture.Evidence;
import athanor.contracts.picture.FaceSeen;
import athanor.contracts.picture.Finding;
import athanor.contracts.picture.FindingCode;
import athanor.contracts.picture.Framing;
import athanor.contracts.picture.MeasuredPicture;
import athanor.contracts.picture.PeopleLook;
import athanor.contracts.picture.PictureLook;
import athanor.contracts.picture.Severity;
import athanor.contracts.rest.PictureVerdict;
import athanor.contracts.rest.PictureView;
import athanor.contracts.rest.PicturesReport;
import athanor.pictures.PictureFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class AppraiseSetTest {

    private static final String SHA = "0".repeat(64);

    private final List<Judged> pictures = new ArrayList<>();

    /** A picture of 1000 x 1500 pixels whose hashes are these bits. */
    private void picture(String name, long hash, long mirrored, Framing framing, Finding... findings) {
        String pixels = "%064x".formatted(name.hashCode() & 0xffffffffL);
        MeasuredPicture.Fingerprint fingerprint =
                new MeasuredPicture.Fingerprint(pixels, hex(hash), hex(hash), hex(mirrored), hex(mirrored));
        MeasuredPicture measured = new MeasuredPicture(
                1000,
                1500,
                1000,
                1500,
                false,
                1.0,
                0.3,
                0.8,
                0.8,
                1.1,
                null,
                null,
                1.0,
                1.0,
                null,
                250,
                0.0,
                200,
                fingerprint);
        PeopleLook people = new PeopleLook(
                List.of(new FaceSeen(0.4, 0.1, 0.2, 0.1, 0.9)), 1, framing, 0.2, "a hip is seen", "a detector");
        pictures.add(new Judged(
                name,
                SHA,
                null,
                new Appraisal.Usable(
                        PictureFormat.JPEG,
                        new Size(1000, 1500),
                        new PictureLook(List.of(findings), measured, people))));
    }

    private void different(String name, int which, Finding... findings) {
        long hash = 0x9e3779b97f4a7c15L * (which + 1);
        picture(name, hash, ~hash, Framing.HALF, findings);
    }

    private static String hex(long bits) {
        return "%016x".formatted(bits);
    }

    private static Finding finding(FindingCode code, Severity severity) {
        return Findings.made(code, severity, Evidence.measured(3, 2));
    }

    private AppraiseSet set() {
        return new AppraiseSet(pictures, Sentences.in(Locale.ENGLISH));
    }

    private List<Finding> findingsOf(String name) {
        return set().pictures().stream()
                .filter(picture -> picture.fileName().equals(name))
                .findFirst()
                .orElseThrow()
                .findings();
    }

    @Test
    void picturesThatShowTheSameNameEachOtherAndTheOneToKeep() {
        picture("a.jpg", 0b1, -1, Framing.HALF);
        picture("b.jpg", 0b11, -1, Framing.HALF);

        assertThat(findingsOf("b.jpg")).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(FindingCode.SAME_SHOT);
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.evidence()).isEqualTo(Evidence.likeness("a.jpg", "a.jpg"));
        });
        assertThat(findingsOf("a.jpg")).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.HINT);
            assertThat(finding.evidence()).isEqualTo(Evidence.likeness("b.jpg", "a.jpg"));
        });
        assertThat(set().report().alike()).containsExactly(new PicturesReport.Alike("a.jpg", List.of("b.jpg")));
    }

    @Test
    void aMirroredPictureIsToldFromACopy() {
        picture("a.jpg", 0x00ff00ff00ff00ffL, 0x7777000011112222L, Framing.HALF);
        picture("b.jpg", 0x7777000011112222L, 0x00ff00ff00ff00ffL, Framing.HALF);

        assertThat(findingsOf("b.jpg")).extracting(Finding::code).containsExactly(FindingCode.MIRRORED);
    }

    @Test
    void theGravestFindingComesFirst() {
        different(
                "a.jpg",
                1,
                finding(FindingCode.TOO_SMALL, Severity.HINT),
                finding(FindingCode.BLURRED, Severity.HARMFUL),
                finding(FindingCode.NOISY, Severity.WARNING));

        assertThat(findingsOf("a.jpg"))
                .extracting(Finding::code)
                .containsExactly(FindingCode.BLURRED, FindingCode.NOISY, FindingCode.TOO_SMALL);
    }

    @Test
    void aSetIsCountedAndWhatHarmsIsNamedBeforeWhatIsMissing() {
        different("a.jpg", 1, finding(FindingCode.BLURRED, Severity.HARMFUL));
        different("b.jpg", 2, finding(FindingCode.NOISY, Severity.WARNING));
        different("c.jpg", 3);
        pictures.add(new Judged("d.gif", null, null, new Appraisal.Refused(FindingCode.ANIMATION, "it moves")));

        PicturesReport report = set().report();

        assertThat(report)
                .extracting(
                        PicturesReport::pictures,
                        PicturesReport::accepted,
                        PicturesReport::withFindings,
                        PicturesReport::rejected)
                .containsExactly(4, 3, 2, 1);
        assertThat(report.shortSides()).containsExactly(new PicturesReport.SideCount(768, 1024, 3));
        assertThat(report.findings())
                .containsEntry(FindingCode.BLURRED, 1)
                .containsEntry(FindingCode.NOISY, 1)
                .containsEntry(FindingCode.ANIMATION, 1)
                .hasSize(3);
        assertThat(report.framings()).containsEntry(Framing.HALF, 3).hasSize(1);
        assertThat(report.next().get(0)).isEqualTo("leave out pictures that do more harm than good (1): a.jpg");
        assertThat(report.next().get(1)).startsWith("add pictures, 3 so far: 8 to 20");
        assertThat(report.next()).anyMatch(sentence -> sentence.contains("head and shoulders (0), full body (0)"));
        assertThat(report.next()).last().asString().endsWith("compressed too much (1): b.jpg");
    }

    @Test
    void aSetThatIsGoodNeedsNothing() {
        for (int i = 0; i < 15; i++) {
            long hash = 0x9e3779b97f4a7c15L * (i + 1);
            picture(
                    i + ".jpg",
                    hash,
                    ~hash,
                    List.of(Framing.CLOSE_UP, Framing.HALF, Framing.FULL).get(i % 3));
        }

        assertThat(set().report().next()).isEmpty();
    }

    @Test
    void ofASetWithoutAUsablePictureTheFindingsSayWhy() {
        pictures.add(new Judged("d.gif", null, null, new Appraisal.Refused(FindingCode.ANIMATION, "it moves")));

        assertThat(set().report().next()).containsExactly("none of the pictures can be used; the findings say why");
        assertThat(findingsOf("d.gif")).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.REJECTED);
            assertThat(finding.sentence()).isEqualTo("it moves");
        });
    }

    @Test
    void inChineseWhatADecoderSaidStandsBesideTheWordsOfItsKind() {
        different("a.jpg", 1, finding(FindingCode.BLURRED, Severity.WARNING));
        pictures.add(new Judged("d.gif", null, null, new Appraisal.Refused(FindingCode.ANIMATION, "it moves")));

        List<PictureView> views = new AppraiseSet(pictures, Sentences.in(Locale.CHINESE)).pictures();

        assertThat(views.get(0).findings().get(0).sentence())
                .startsWith("图片模糊")
                .contains("3.0")
                .doesNotContain("blurred");
        assertThat(views.get(1).findings().get(0).sentence()).startsWith("这是动画").contains("（it moves）");
    }

    @Test
    void verdictsOfOlderVersionsAreShownWithWhatTheyHave() {
        PictureVerdict accepted = PictureVerdict.accepted(new AcceptedPicture(
                SHA,
                new ObjectRef("athanor", "in/1.jpg", 5, SHA),
                "1.jpg",
                new Size(64, 96),
                "JPEG",
                "in a park",
                null));
        PictureVerdict rejected = new PictureVerdict("2.jpg", null, "it is too small", null);

        List<PictureView> views = new AppraiseSet(
                        List.of(Judged.of(accepted), Judged.of(rejected)), Sentences.in(Locale.ENGLISH))
                .pictures();

        assertThat(views.get(0).accepted()).isTrue();
        assertThat(views.get(0).caption()).isEqualTo("in a park");
        assertThat(views.get(0).measured()).isNull();
        assertThat(views.get(1).accepted()).isFalse();
        assertThat(views.get(1).findings()).extracting(Finding::sentence).containsExactly("it is too small");
    }
}
