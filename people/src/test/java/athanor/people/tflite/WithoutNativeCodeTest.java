package athanor.people.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WithoutNativeCodeTest {

    private static final String CACHE = "org.bytedeco.javacpp.cachedir";

    /** The class path of this test, less the jars of native code: what a platform has that nothing was built for. */
    @Test
    void nothingIsMeasuredAndTheReasonIsTold() throws Exception {
        List<String> all = Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
        List<String> portable = all.stream()
                .filter(entry -> !entry.matches(".*-(linux|macosx|windows)-\\w+\\.jar"))
                .toList();
        assertThat(portable).hasSizeLessThan(all.size());

        try (URLClassLoader loader = new URLClassLoader(
                portable.stream().map(WithoutNativeCodeTest::url).toArray(URL[]::new),
                ClassLoader.getPlatformClassLoader())) {
            Class<?> door = loader.loadClass("athanor.people.People");
            Object people = door.getMethod("standard").invoke(null);
            Object seen = door.getMethod("look", BufferedImage.class)
                    .invoke(people, new BufferedImage(64, 64, BufferedImage.TYPE_3BYTE_BGR));

            assertThat(seen).isEqualTo(Optional.empty());
            assertThat((String) door.getMethod("detector").invoke(people))
                    .startsWith("not measured: TensorFlow Lite does not run on ")
                    .contains("it needs Linux with glibc");
            door.getMethod("close").invoke(people);
        }
    }

    @Test
    void whereTheHomeCannotBeWrittenAFolderOfThisProcessIsUsed(@TempDir Path folder) throws Exception {
        String home = System.getProperty("user.home");
        String cache = System.getProperty(CACHE);
        try {
            System.clearProperty(CACHE);
            System.setProperty(
                    "user.home", Files.createFile(folder.resolve("no-folder")).toString());

            NativeCode.prepare().close();

            Path own = Path.of(System.getProperty(CACHE));
            assertThat(own).isWritable().isEmptyDirectory();
            assertThat(own.getFileName().toString()).startsWith("athanor-people-");
        } finally {
            System.setProperty("user.home", home);
            if (cache == null) {
                System.clearProperty(CACHE);
            } else {
                System.setProperty(CACHE, cache);
            }
        }
    }

    @Test
    void anotherModelThanTheMeasuredOneIsRefused() throws IOException {
        byte[] altered = ModelFile.SELFIE_SEGMENTATION.read();
        altered[altered.length / 2] ^= 1;

        assertThatThrownBy(() -> ModelFile.SELFIE_SEGMENTATION.check(altered))
                .hasMessageContaining("selfie_segmentation.tflite has SHA-256 ")
                .hasMessageContaining("and should have 8d13b7fa");
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (IOException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }
}
