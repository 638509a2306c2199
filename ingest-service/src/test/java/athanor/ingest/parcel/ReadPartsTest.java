package athanor.ingest.parcel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                "multipart/form-data; boundary=sheet | Content-Transfer-Encoding: base64         | because of a Content-Transfer-Encoding",
                "multipart/form-data; boundary=sheet | Content-Type: image/png; charset=nosuch   | because of a charset that does not exist"
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
}
