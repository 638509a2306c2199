package athanor.ingest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import athanor.shell.EventPublisher;
import athanor.teststack.StackResource;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Real answers against what the interface (OpenAPI) says of them: what a client that is generated from it relies on. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class DescribedAnswersTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    EventPublisher publisher;

    private static JsonNode interfaceOfTheService() throws IOException {
        return JSON.readTree(given().get("/q/openapi?format=json").asByteArray());
    }

    /** @param operation for example {@code post /runs} */
    private static Response described(String operation, Response answer) throws IOException {
        JsonNode document = interfaceOfTheService();
        String[] named = operation.split(" ", 2);
        JsonPointer responses = JsonPointer.compile("/paths")
                .appendProperty(named[1])
                .appendProperty(named[0])
                .appendProperty("responses");
        String status = Integer.toString(answer.statusCode());
        boolean problem = answer.statusCode() >= 400;
        JsonPointer described = responses
                .appendProperty(problem ? "default" : status)
                .appendProperty("content")
                .appendProperty(problem ? "application/problem+json" : "application/json")
                .appendProperty("schema");
        assertThat(document.at(described).isMissingNode())
                .as("%s answers %s, of which the interface knows nothing", operation, status)
                .isFalse();
        assertThat(answer.contentType()).contains(problem ? "application/problem+json" : "application/json");
        ObjectNode schema = document.deepCopy();
        schema.put("$ref", "#" + described);
        Set<ValidationMessage> wrong = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema)
                .validate(JSON.readTree(answer.asByteArray()));
        assertThat(wrong).as("%s answered %s", operation, answer.asString()).isEmpty();
        return answer;
    }

    @Test
    void everyAnswerHasTheShapeThatTheInterfaceTells() throws IOException {
        String opened = described(
                        "post /runs",
                        given().contentType("application/json")
                                .body("{\"name\": \"described\"}")
                                .post("/runs"))
                .path("runId");
        described(
                "post /runs", given().contentType("application/json").body("{}").post("/runs"));
        described("get /runs", given().get("/runs?limit=5"));
        described("get /runs/{id}", given().get("/runs/" + opened));
        described("get /runs/{id}", given().get("/runs/nobody-1"));
        described("get /runs/{id}/pictures", given().get("/runs/%s/pictures".formatted(opened)));
        described("get /runs/{id}/pictures/report", given().get("/runs/%s/pictures/report".formatted(opened)));
        described("get /runs/{id}/report", given().get("/runs/%s/report".formatted(opened)));
        described("get /runs/{id}/progress", given().get("/runs/%s/progress".formatted(opened)));
        described("get /runs/{id}/checkpoints", given().get("/runs/%s/checkpoints".formatted(opened)));
        described(
                "post /runs/{id}/pictures/{fileName}/upload-url",
                given().post("/runs/%s/pictures/1.jpg/upload-url".formatted(opened)));
        described("post /runs/{id}/start", given().post("/runs/%s/start".formatted(opened)));
        described("delete /runs/{id}", given().delete("/runs/" + opened));
        described("delete /runs/{id}", given().delete("/runs/" + opened));
    }

    @Test
    void everyStateOfARunHasItsOwnShape() throws IOException {
        RunState[] states = {
            new RunState.Training(3, 10, 1),
            new RunState.Paused(4, 10, 1),
            RunState.Failed.of(FailureReason.DIVERGED, "the loss was NaN at step 7")
        };
        for (RunState state : states) {
            RunId run = RunId.fresh("state", new Random());
            publisher.publishState(run, "S", state);
            Awaitility.await().until(() -> given().get("/runs/" + run).statusCode() == 200);

            described("get /runs/{id}", given().get("/runs/" + run));
        }
        assertThat(interfaceOfTheService().at("/components/schemas/RunState/oneOf"))
                .hasSize((int) Arrays.stream(RunState.class.getDeclaredClasses())
                        .filter(Class::isRecord)
                        .count());
    }

    @Test
    void everyRequestIsSaidToGetAProblemWhenItIsRefused() throws IOException {
        Set<String> without = new TreeSet<>();
        interfaceOfTheService()
                .at("/paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fields().forEachRemaining(operation -> {
                    if (operation.getValue().at("/responses/default").isMissingNode()) {
                        without.add(operation.getKey() + " " + path.getKey());
                    }
                }));

        assertThat(without).isEmpty();
    }
}
