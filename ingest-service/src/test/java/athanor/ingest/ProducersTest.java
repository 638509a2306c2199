package athanor.ingest;

import static athanor.ingest.Calls.awaitState;
import static athanor.ingest.Photos.photo;
import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.events.EventType;
import athanor.contracts.events.RunRequested;
import athanor.contracts.json.Json;
import athanor.teststack.StackResource;
import example.RequestTraining;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The producers that docs/producers shows to others. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class ProducersTest {

    private static final Path SHOWN = Path.of("../docs/producers");

    @Inject
    RequestTraining requestTraining;

    @TempDir
    Path folder;

    @Test
    void theOneInJavaStartsARun() throws Exception {
        Path anna = Files.createDirectories(folder.resolve("anna"));
        Files.write(anna.resolve("1.jpg"), photo(41, "jpg"));
        Files.writeString(anna.resolve("1.txt"), "a sks woman in a park");

        awaitState(requestTraining.of(anna, "sks", "woman"), "Validating");
    }

    @Test
    void theOneInJavaIsShownAsItRan() throws IOException {
        assertThat(SHOWN.resolve("java/src/example/RequestTraining.java"))
                .hasSameTextualContentAs(Path.of("src/test/java/example/RequestTraining.java"));
        assertThat(SHOWN.resolve("java/resources/application.properties"))
                .content()
                .startsWith(Files.readString(Path.of("src/test/resources/META-INF/microprofile-config.properties")));
        assertThat(version(SHOWN.resolve("java/pom.xml"), "quarkus"))
                .isEqualTo(version(Path.of("../pom.xml"), "quarkus"));
        assertThat(version(SHOWN.resolve("java/pom.xml"), "minio")).isEqualTo(version(Path.of("../pom.xml"), "minio"));
    }

    private static String version(Path pom, String of) throws IOException {
        Matcher found = Pattern.compile("<%s\\.version>(.*?)</".formatted(of)).matcher(Files.readString(pom));
        assertThat(found.find()).as("%s of %s", of, pom).isTrue();
        return found.group(1);
    }

    @Test
    void theOneInPythonSendsAnEventThatCanBeRead() throws IOException {
        String script = Files.readString(SHOWN.resolve("python/request_training.py"));
        String event = script.split("\"\"\"", -1)[3]; // after those of the module's own words

        RunRequested request =
                (RunRequested) Json.readEvent(event.getBytes(StandardCharsets.UTF_8), EventType.RUN_REQUESTED);

        assertThat(request.recipe().subject().classNoun()).isEqualTo("woman");
        assertThat(script)
                .contains("\"" + EventType.RUN_REQUESTED.wire() + "\"", "\"" + EventType.RUN_REQUESTED.topic() + "\"");
    }
}
