package athanor.ingest;

import athanor.contracts.dataset.PictureFiles;
import athanor.contracts.dataset.SkippedFile;
import athanor.contracts.rest.PictureVerdict;
import athanor.ingest.parcel.Parcel;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Gives each picture that came in a parcel to the same checks as one that came alone, with the caption that came beside it. */
@ApplicationScoped
class AcceptParcel {

    private final AcceptPicture acceptPicture;

    AcceptParcel(AcceptPicture acceptPicture) {
        this.acceptPicture = acceptPicture;
    }

    Received from(Draft draft, Parcel parcel) {
        List<SkippedFile> skipped = new ArrayList<>(parcel.skipped());
        Map<String, Path> files = byOwnNames(parcel);
        PictureFiles sorted = PictureFiles.among(List.copyOf(files.keySet()));
        skipped.addAll(sorted.skipped());
        List<PictureVerdict> verdicts = new ArrayList<>();
        for (PictureFiles.WithCaptions picture : sorted.pictures()) {
            Beside beside = Beside.of(picture, name -> bytesOf(fileOf(name, files)), skipped);
            String name = FileName.shown(picture.picture());
            verdicts.add(acceptPicture.from(draft, name, beside, fileOf(picture.picture(), files)));
        }
        return new Received(verdicts, skipped);
    }

    /** Two files of one name are two, as they are when they come by an event. */
    private static Map<String, Path> byOwnNames(Parcel parcel) {
        List<String> names =
                FileName.distinct(parcel.items().stream().map(Parcel.Item::name).toList());
        Map<String, Path> files = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            files.put(names.get(i), parcel.items().get(i).file());
        }
        return files;
    }

    /** Every name that was sorted is one of them. */
    private static Path fileOf(String name, Map<String, Path> files) {
        return Objects.requireNonNull(files.get(name));
    }

    private static byte[] bytesOf(Path file) {
        try {
            if (Files.size(file) > Captions.LONGEST) {
                throw Captions.tooLong();
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the upload cannot be read from this machine's disk", e);
        }
    }
}
