package athanor.pictures.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebpFileTest {

    /** 100 megapixels of lossy WebP took 320 MB; of the other two the decoder wants 400 MB for the pixels alone. */
    @ParameterizedTest
    @CsvSource({"lossy.webp, false", "lossy-clear.webp, true", "lossless.webp, true"})
    void onlyLosslessAndTransparentPicturesAreKeptWhole(String file, boolean whole) throws Exception {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/formats/" + file))) {
            assertThat(WebpFile.contents(in.readAllBytes()).keptWhole()).isEqualTo(whole);
        }
    }
}
