package athanor.contracts.events;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublishedSchemasTest {

    @ParameterizedTest
    @EnumSource
    void theSchemaSaysWhatTheRecordSays(EventType type) throws IOException {
        PublishedFiles.assertUpToDate(
                PublishedFiles.SCHEMAS.resolve(type.wire() + ".schema.json"), Json.pretty(SchemaWriter.of(type)));
    }

    @Test
    void oneDocumentDescribesEveryTopic() throws IOException {
        PublishedFiles.assertUpToDate(
                PublishedFiles.SCHEMAS.resolve("asyncapi.json"), Json.pretty(AsyncApiWriter.document()));
    }

    @Test
    void noSchemaOfAForgottenEventIsLeft() throws IOException {
        List<String> known = Stream.concat(
                        Stream.of("asyncapi.json"),
                        Arrays.stream(EventType.values()).map(type -> type.wire() + ".schema.json"))
                .toList();
        try (Stream<Path> files = Files.list(PublishedFiles.SCHEMAS)) {
            assertThat(files.map(file -> file.getFileName().toString())).isSubsetOf(known);
        }
    }

    @Test
    void whatMayBeAbsentIsNotRequired() {
        Map<?, ?> definitions =
                (Map<?, ?>) SchemaWriter.of(EventType.RUN_REQUESTED).get("$defs");
        Map<?, ?> picture = (Map<?, ?>) definitions.get("RequestedPicture");

        assertThat(picture.get("required"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .containsExactly("object", "fileName");
    }
}
