package athanor.stack.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import athanor.stack.infra.StackProblem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotographFolderTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "01.png, 01.txt",
        "01.png, 01.caption",
        "01.png, 01.TXT",
        "01.png, 01.Caption",
        "01.png, 01.png.txt",
        "01.png, 01.PNG.TXT",
        "01.PNG, 01.png.caption",
        "IMG_1.JPG, img_1.txt",
        "a.b.png, a.b.txt",
        "größe 一位.webp, größe 一位.txt"
    })
    void aCaptionIsFoundByItsName(String picture, String text) throws IOException {
        write(picture, "");
        write(text, "a woman");

        assertThat(onlyCaption()).contains("a woman");
    }

    @Test
    void aMacSpellsAccentsWithTwoCharacters() throws IOException {
        write(Normalizer.normalize("größe.png", Normalizer.Form.NFD), "");
        write(Normalizer.normalize("größe.txt", Normalizer.Form.NFC), "a woman");

        assertThat(onlyCaption()).contains("a woman");
    }

    @ParameterizedTest
    @CsvSource({
        "'', UTF-8",
        "efbbbf, UTF-8",
        "fffe, UTF-16LE",
        "feff, UTF-16BE",
        "fffe0000, UTF-32LE",
        "0000feff, UTF-32BE"
    })
    void theMarkAtTheBeginningSaysHowItIsWritten(String mark, String encoding) throws IOException {
        write("01.png", "");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(HexFormat.of().parseHex(mark));
        bytes.write(" 一位女子,\r\na woman\r\n".getBytes(Charset.forName(encoding)));
        Files.write(folder.resolve("01.txt"), bytes.toByteArray());

        assertThat(onlyCaption()).contains("一位女子,\r\na woman");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "ISO-8859-1"})
    void withoutAMarkWhatIsNotUtf8IsRefused(String encoding) throws IOException {
        write("01.png", "");
        Files.write(folder.resolve("01.txt"), "Größe".getBytes(Charset.forName(encoding)));

        assertThatThrownBy(() -> PhotographFolder.read(folder))
                .isInstanceOf(StackProblem.class)
                .hasMessageStartingWith(folder + "/01.txt")
                .hasMessageEndingWith("save the caption as UTF-8");
    }

    @Test
    void plainEnglishAsUtf16WithoutAMarkIsRefusedToo() throws IOException {
        write("01.png", "");
        Files.write(folder.resolve("01.txt"), "a woman".getBytes(StandardCharsets.UTF_16LE));

        assertThatThrownBy(() -> PhotographFolder.read(folder)).hasMessageContaining("holds zeros");
    }

    @Test
    void anEmptyCaptionIsNone() throws IOException {
        write("01.png", "");
        write("01.txt", " \r\n");

        assertThat(onlyCaption()).isEmpty();
    }

    @Test
    void twoCaptionsThatDifferAreNotChosenFrom() throws IOException {
        write("01.png", "");
        write("01.txt", "a woman");
        write("01.caption", "a man");

        assertThatThrownBy(() -> PhotographFolder.read(folder))
                .hasMessage("01.png has more than one caption: 01.caption, 01.txt; leave one of them");
    }

    @Test
    void theSameCaptionTwiceIsOne() throws IOException {
        write("01.png", "");
        write("01.txt", "a woman");
        write("01.png.txt", "a woman\n");

        assertThat(onlyCaption()).contains("a woman");
    }

    @Test
    void picturesThatDifferOnlyInCaseKeepTheirOwnCaptions() throws IOException {
        write("a.png", "");
        assumeThat(folder.resolve("A.png"))
                .as("this disk tells small and large letters apart")
                .doesNotExist();
        write("A.png", "");
        write("a.txt", "small");
        write("A.txt", "large");

        assertThat(PhotographFolder.read(folder).photographs())
                .extracting(photograph ->
                        photograph.fileName() + " " + photograph.caption().orElse(""))
                .containsExactlyInAnyOrder("a.png small", "A.png large");
    }

    @Test
    void whatIsPassedOverIsNamed() throws IOException {
        write("01.png", "");
        write("02.txt", "a woman");
        write(".hidden.txt", "");
        write("IMG_1.CR2", "");
        write("portrait", "");
        Files.createDirectory(folder.resolve("10_sks woman"));
        Files.createSymbolicLink(folder.resolve("gone.jpg"), Path.of("nowhere.jpg"));

        assertThat(PhotographFolder.read(folder).passedOver())
                .containsExactly(
                        ".hidden.txt is a hidden file or one of the system",
                        "IMG_1.CR2 has no ending of a picture that can be read",
                        "portrait has no ending of a picture that can be read",
                        "02.txt is the caption of no picture",
                        "the folder 10_sks woman in it is not read",
                        "gone.jpg is a link to nothing, or another thing that is no file");
    }

    @ParameterizedTest
    @CsvSource({"10_ohwx woman, 10, ohwx, woman", "1_sks young man, 1, sks, young man", "25_anna, 25, anna, ''"})
    void kohyasNameOfAFolderIsUnderstood(String name, int repeats, String trigger, String noun) throws IOException {
        write(name, "01.png", "");
        write(name, "01.txt", "in a park");
        KohyaName understood = new KohyaName(repeats, trigger, Optional.of(noun).filter(text -> !text.isEmpty()));

        PhotographFolder around = PhotographFolder.read(folder);
        PhotographFolder itself = PhotographFolder.read(folder.resolve(name));

        assertThat(around.subject()).contains(understood);
        assertThat(itself.subject()).contains(understood);
        assertThat(around.photographs()).isEqualTo(itself.photographs()).hasSize(1);
        assertThat(around.photographs().get(0).caption()).contains("in a park");
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna", "2024_summer", "0_sks woman", "10 sks woman"})
    void otherNamesOfFoldersSayNothing(String name) throws IOException {
        write(name, "01.png", "");

        assertThat(PhotographFolder.read(folder.resolve(name)).subject()).isEmpty();
    }

    @Test
    void severalFoldersOfOneSubjectAreOneSet() throws IOException {
        write("10_ohwx woman", "01.png", "");
        write("20_ohwx woman", "01.png", "");
        write("notes.txt", "");

        PhotographFolder read = PhotographFolder.read(folder);

        assertThat(read.photographs())
                .extracting(Photograph::fileName)
                .containsExactly("10_ohwx woman/01.png", "20_ohwx woman/01.png");
        assertThat(read.passedOver()).containsExactly("what lies beside the folders that are read, notes.txt");
        assertThat(read.names()).extracting(KohyaName::repeats).containsExactly(10, 20);
    }

    @Test
    void foldersOfDifferentSubjectsAreRefused() throws IOException {
        write("10_ohwx woman", "01.png", "");
        write("10_sks man", "01.png", "");

        assertThatThrownBy(() -> PhotographFolder.read(folder))
                .isInstanceOf(StackProblem.class)
                .hasMessageContaining("(10_ohwx woman, 10_sks man)")
                .hasMessageEndingWith("a run trains one; name one of the folders");
    }

    private void write(String inner, String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(inner));
        write(inner + "/" + name, text);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private Optional<String> onlyCaption() {
        PhotographFolder read = PhotographFolder.read(folder);
        assertThat(read.photographs()).hasSize(1);
        assertThat(read.passedOver()).isEmpty();
        return read.photographs().get(0).caption();
    }
}
