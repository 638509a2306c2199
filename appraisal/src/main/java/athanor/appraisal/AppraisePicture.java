package athanor.appraisal;

import athanor.contracts.Size;
import athanor.contracts.picture.Finding;
import athanor.contracts.picture.PictureLook;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import athanor.pictures.reader.PictureReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Looks at one file: is it a picture, and what should its owner know about it. Safe for many threads. */
public final class AppraisePicture {

    private final PictureReader reader;

    /** The reader stays the caller's to close. */
    public AppraisePicture(PictureReader reader) {
        this.reader = reader;
    }

    /** @throws IOException when the file cannot be read from the disk, which says nothing about the picture */
    public Appraisal of(Path file, Expected expected) throws IOException {
        Verdict verdict = reader.read(file, Wanted.noPixels());
        return verdict instanceof Verdict.Accepted picture ? usable(picture) : refused((Verdict.Rejected) verdict);
    }

    private static Appraisal refused(Verdict.Rejected verdict) {
        return new Appraisal.Refused(Codes.of(verdict.refusal()), verdict.reason());
    }

    private static Appraisal usable(Verdict.Accepted picture) {
        List<Finding> findings = picture.remarks().stream().map(Findings::of).toList();
        PictureLook look = new PictureLook(Findings.sorted(findings), null, null);
        return new Appraisal.Usable(picture.format(), new Size(picture.width(), picture.height()), look);
    }
}
