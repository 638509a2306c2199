package athanor.ingest.parcel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadPartsTest {

    private static final ParcelLimits LIMITS = new ParcelLimits(20, 1 << 20, 4 << 20, 100);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "multipart/form-data                 | X: y                                      | names no boundary",
                "multipart/form-data; boundary=\"\"   | X: y                                      | names no boundary",
                "multipart/form-data; boundary=sheet | Content-Transfer-Encoding: base64         | because of a"
                        + " Content-Transfer-Encoding",
                "multipart/form-data; boundary=sheet | Content-Type: image/png; charset=nosuch   | because of a"
                        + " charset that does not exist"
            })
    void whatCannotBeReadIsRefusedInWords(String contentType, String header, String reason) throws IOException {
        Path body = Files.write(
                folder.resolve("body"),
                "--sheet\r\nContent-Disposition: form-data; name=\"p\"; filename=\"1.png\"\r\n%s\r\n\r\nbytes\r\n--sheet--\r\n"
                        .formatted(header)
                        .getBytes(ISO_8859_1));

        assertThatThrownBy(() -> new ReadParts(LIMITS).from(body, contentType))
                .isInstanceOf(ParcelRefusedException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("java.");
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.getBytes(ISO_8859_1));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private Path body(Map<String, byte[]> parts) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Map.Entry<String, byte[]> part : parts.entrySet()) {
            body.write("--sheet\r\nContent-Disposition: form-data; name=\"p\"; filename=\"%s\"\r\n\r\n"
                    .formatted(part.getKey())
                    .getBytes(ISO_8859_1));
            body.write(part.getValue());
            body.write("\r\n".getBytes(ISO_8859_1));
        }
        body.write("--sheet--\r\n".getBytes(ISO_8859_1));
        return Files.write(folder.resolve("body"), body.toByteArray());
    }

    @Test
    void aZipAmongTheFilesIsOpened() throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("more.ZIP", zip("2.png", "2.txt"));
        parts.put("1.png", "1.png".getBytes(ISO_8859_1));
        parts.put("rest.zip", zip("3.png"));

        try (Parcel parcel = new ReadParts(LIMITS).from(body(parts), "multipart/form-data; boundary=sheet")) {
            assertThat(parcel.items())
                    .extracting(Parcel.Item::name)
                    .containsExactlyInAnyOrder("1.png", "2.png", "2.txt", "3.png");
            assertThat(parcel.items())
                    .allSatisfy(item -> assertThat(item.file()).hasContent(item.name()));
        }
    }

    @Test
    void theBoundsHoldForAllZipsTogether() throws IOException {
        String[] names = IntStream.range(0, 15).mapToObj(i -> i + ".png").toArray(String[]::new);
        Path twice = body(Map.of("a.zip", zip(names), "b.zip", zip(names)));

        assertThatThrownBy(() -> new ReadParts(LIMITS).from(twice, "multipart/form-data; boundary=sheet"))
                .isInstanceOf(ParcelRefusedException.class)
                .hasMessageContaining(".zip': with this zip the request has 30 files, at most 20 are taken at once");
    }

    @Test
    void aZipThatIsNoneIsNamed() throws IOException {
        Path none = body(Map.of("a.zip", "nothing".getBytes(ISO_8859_1)));

        assertThatThrownBy(() -> new ReadParts(LIMITS).from(none, "multipart/form-data; boundary=sheet"))
                .isInstanceOf(ParcelRefusedException.class)
                .hasMessageStartingWith("'a.zip': ");
    }
}
