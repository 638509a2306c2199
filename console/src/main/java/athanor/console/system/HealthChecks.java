package athanor.console.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** What an answer of MicroProfile Health says of each thing that a service needs. */
final class HealthChecks {

    private static final ObjectMapper JSON = new ObjectMapper();

    private HealthChecks() {}

    /** Empty where the answer is none. */
    static List<ServiceHealth.Check> in(String document) {
        List<ServiceHealth.Check> checks = new ArrayList<>();
        try {
            for (JsonNode check : JSON.readTree(document).path("checks")) {
                checks.add(new ServiceHealth.Check(
                        check.path("name").asText(),
                        check.path("status").asText().equals("UP")));
            }
            return checks;
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }
}
