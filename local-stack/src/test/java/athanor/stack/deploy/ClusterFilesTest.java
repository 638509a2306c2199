package athanor.stack.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator applies to a cluster, against Kubernetes' own schemas and against what the images are. */
class ClusterFilesTest {

    private static final Path DEPLOY = Path.of("../deploy").toAbsolutePath().normalize();
    private static final Path SUITE = DEPLOY.resolve("kubernetes/suite");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** A part of a file. */
    private record Manifest(String file, JsonNode content) {

        String kind() {
            return content.path("kind").asText();
        }

        String name() {
            return content.path("metadata").path("name").asText();
        }

        @Override
        public String toString() {
            return "%s %s in %s".formatted(kind(), name(), file);
        }
    }

    static List<Manifest> manifests() throws IOException {
        List<Manifest> all = new ArrayList<>();
        for (JsonNode name :
                YAML.readTree(SUITE.resolve("kustomization.yaml").toFile()).path("resources")) {
            try (MappingIterator<JsonNode> parts = YAML.readerFor(JsonNode.class)
                    .readValues(SUITE.resolve(name.asText()).toFile())) {
                while (parts.hasNext()) {
                    all.add(new Manifest(name.asText(), parts.next()));
                }
            }
        }
        return all;
    }

    private static List<Manifest> ofKind(String kind) throws IOException {
        return manifests().stream()
                .filter(manifest -> manifest.kind().equals(kind))
                .toList();
    }

    /** The client's models refuse fields that the schema does not know, and miss those that it wants. */
    @ParameterizedTest
    @MethodSource("manifests")
    void fitsTheSchemaOfItsKind(Manifest manifest) throws Exception {
        Class<?> model = Class.forName("io.kubernetes.client.openapi.models.V1" + manifest.kind());

        model.getMethod("validateJsonElement", JsonElement.class)
                .invoke(null, JsonParser.parseString(manifest.content().toString()));

        assertThat(manifest.name()).isNotEmpty();
    }

    @Test
    void everyFileOfTheFolderIsAppliedAndEveryServiceIsThere() throws Exception {
        Set<String> named = manifests().stream().map(Manifest::file).collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> files = Files.list(SUITE)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(file -> !file.equals("kustomization.yaml")))
                    .containsExactlyInAnyOrderElementsOf(named);
        }
        assertThat(ofKind("Deployment"))
                .extracting(Manifest::name)
                .containsExactlyInAnyOrder(
                        "ingest-service", "preprocess-service", "train-service", "sample-service", "console");
    }

    @Test
    void everyImageIsATargetOfTheDockerfile() throws Exception {
        String dockerfile = Files.readString(DEPLOY.resolve("Dockerfile"));
        List<String> images = manifests().stream()
                .flatMap(manifest -> manifest.content().findValuesAsText("image").stream())
                .toList();

        assertThat(images)
                .hasSizeGreaterThanOrEqualTo(6)
                .allSatisfy(image -> assertThat(dockerfile)
                        .containsPattern("FROM \\S+ AS %s\\n"
                                .formatted(Pattern.quote(
                                        image.replaceFirst("athanor/", "").replaceFirst(":.*", "")))));
    }

    @Test
    void everyServiceFindsThePodsOfItsDeploymentAtAPortThatTheyOpen() throws Exception {
        for (Manifest service : ofKind("Service")) {
            JsonNode pod = ofKind("Deployment").stream()
                    .map(deployment -> deployment.content().path("spec").path("template"))
                    .filter(template -> template.path("metadata")
                            .path("labels")
                            .path("app.kubernetes.io/name")
                            .equals(service.content()
                                    .path("spec")
                                    .path("selector")
                                    .path("app.kubernetes.io/name")))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(service + " selects nothing"));
            JsonNode wanted = service.content().path("spec").path("ports").get(0);
            JsonNode open =
                    pod.path("spec").path("containers").get(0).path("ports").get(0);

            assertThat(wanted.path("targetPort")).as("%s", service).isEqualTo(open.path("name"));
            assertThat(wanted.path("port")).as("%s", service).isEqualTo(open.path("containerPort"));
        }
    }

    /** Without keys a service that listens beyond the loopback address does not start. */
    @Test
    void everyServiceGetsTheKeysAndNoneRunsAsRoot() throws Exception {
        assertThat(ofKind("Deployment")).allSatisfy(deployment -> {
            JsonNode pod = deployment.content().path("spec").path("template").path("spec");
            JsonNode container = pod.path("containers").get(0);
            assertThat(container.path("envFrom").findValuesAsText("name")).contains("athanor", "athanor-access");
            assertThat(pod.path("securityContext").path("runAsNonRoot").asBoolean())
                    .isTrue();
            assertThat(container
                            .path("securityContext")
                            .path("readOnlyRootFilesystem")
                            .asBoolean())
                    .isTrue();
        });
    }
}
