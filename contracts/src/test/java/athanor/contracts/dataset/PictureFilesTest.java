package athanor.contracts.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PictureFilesTest {

    @Test
    void captionsAreFoundBesideTheirPicturesFolderByFolder() {
        PictureFiles files = PictureFiles.among(
                List.of("a/01.jpg", "a/01.txt", "b/01.JPG", "b/01.jpg.caption", "02.png", "b.d/03.webp", "b.txt"));

        assertThat(files.pictures())
                .containsExactly(
                        new PictureFiles.WithCaptions("a/01.jpg", List.of("a/01.txt"), List.of()),
                        new PictureFiles.WithCaptions("b/01.JPG", List.of("b/01.jpg.caption"), List.of()),
                        new PictureFiles.WithCaptions("02.png", List.of(), List.of()),
                        new PictureFiles.WithCaptions("b.d/03.webp", List.of(), List.of()));
        assertThat(files.skipped()).containsExactly(new SkippedFile("b.txt", "is the caption of no picture"));
    }

    /** A zip of captions beside pictures, or of pictures beside captions. */
    @Test
    void aCaptionInAFolderFindsThePictureBesideIt() {
        assertThat(PictureFiles.among(List.of("01.jpg", "texts/01.txt", "in/02.png", "02.caption"))
                        .pictures())
                .containsExactly(
                        new PictureFiles.WithCaptions("01.jpg", List.of("texts/01.txt"), List.of()),
                        new PictureFiles.WithCaptions("in/02.png", List.of("02.caption"), List.of()));
        assertThat(PictureFiles.among(List.of("a/01.jpg", "b/01.jpg", "01.txt", "c/02.jpg", "d/02.txt"))
                        .skipped())
                .extracting(SkippedFile::fileName)
                .containsExactly("01.txt", "d/02.txt");
    }

    @Test
    void whatSystemsLeaveAndWhatIsNoPictureIsSkippedWithALine() {
        PictureFiles files = PictureFiles.among(List.of(
                "__MACOSX/._01.jpg", "a/.DS_Store", ".git/01.jpg", "Thumbs.db", "notes.pdf", "portrait", "../01.jpg"));

        assertThat(files.skipped())
                .extracting(SkippedFile::fileName)
                .containsExactly(
                        "__MACOSX/._01.jpg", "a/.DS_Store", ".git/01.jpg", "Thumbs.db", "notes.pdf", "portrait");
        assertThat(files.pictures())
                .extracting(PictureFiles.WithCaptions::picture)
                .containsExactly("../01.jpg");
    }
}
