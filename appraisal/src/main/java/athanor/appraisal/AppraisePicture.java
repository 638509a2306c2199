package athanor.appraisal;

import athanor.contracts.Size;
import athanor.contracts.picture.Finding;
import athanor.contracts.picture.PeopleLook;
import athanor.contracts.picture.PictureLook;
import athanor.people.People;
import athanor.people.PeopleSeen;
import athanor.pictures.Measured;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import athanor.pictures.quality.RegionMeasures;
import athanor.pictures.quality.Weaknesses;
import athanor.pictures.reader.PictureReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at one file: is it a picture, how good is it, who is in it. The file is decoded once, by a process of its own; what comes
 * back are numbers and a preview for those who look for people. Safe for many threads.
 */
public final class AppraisePicture {

    private final PictureReader reader;
    private final People people;

    /** Both stay the caller's to close. */
    public AppraisePicture(PictureReader reader, People people) {
        this.reader = reader;
        this.people = people;
    }

    /** @throws IOException when the file cannot be read from the disk, which says nothing about the picture */
    public Appraisal of(Path file, Expected expected) throws IOException {
        Verdict verdict = reader.read(file, Wanted.measured(Measured.LONG_SIDE));
        return verdict instanceof Verdict.Accepted picture
                ? usable(file, picture, expected)
                : refused((Verdict.Rejected) verdict);
    }

    private static Appraisal refused(Verdict.Rejected verdict) {
        return new Appraisal.Refused(Codes.of(verdict.refusal()), verdict.reason());
    }

    private Appraisal usable(Path file, Verdict.Accepted picture, Expected expected) throws IOException {
        Optional<Measured> measured = picture.measured();
        Optional<BufferedImage> preview = picture.image().filter(pixels -> isPhotograph(measured));
        Optional<PeopleSeen> seen = preview.flatMap(people::look);
        Optional<RegionMeasures> face = Optional.empty();
        if (preview.isPresent() && seen.flatMap(PeopleSeen::mainFace).isPresent()) {
            face = new FaceCrop(reader, file, picture.width())
                    .measure(preview.get(), seen.get().mainFace().get());
        }
        Optional<PeopleLook> who = preview.flatMap(pixels -> seen.map(found -> PeopleLooks.of(found, pixels)));
        return new Appraisal.Usable(
                picture.format(),
                new Size(picture.width(), picture.height()),
                new PictureLook(
                        findings(picture, who, face, expected),
                        Measurements.of(measured, face).orElse(null),
                        who.orElse(null)));
    }

    /** Detectors were trained on photographs; in a drawing they see what is not there, or nobody. */
    private static boolean isPhotograph(Optional<Measured> measured) {
        return measured.filter(Measured::drawn).isEmpty();
    }

    private static List<Finding> findings(
            Verdict.Accepted picture, Optional<PeopleLook> who, Optional<RegionMeasures> face, Expected expected) {
        List<Finding> findings = new ArrayList<>();
        picture.remarks().forEach(remark -> findings.add(Findings.of(remark)));
        picture.measured().map(numbers -> Weaknesses.of(numbers, expected.side())).orElse(List.of()).stream()
                .filter(weakness -> face.filter(light -> Findings.isRefuted(weakness, light))
                        .isEmpty())
                .forEach(weakness -> findings.add(Findings.of(weakness)));
        face.flatMap(Findings::ofFace).ifPresent(findings::add);
        who.flatMap(seen -> Findings.ofPeople(seen, expected)).ifPresent(findings::add);
        return Findings.sorted(findings);
    }
}
