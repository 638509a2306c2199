package athanor.console.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What a service calls the version of its interface. */
final class OpenApiVersion {

    private static final ObjectMapper JSON = new ObjectMapper();

    private OpenApiVersion() {}

    static String in(String document) {
        try {
            return JSON.readTree(document).path("info").path("version").asText();
        } catch (JsonProcessingException e) {
            return "";
        }
    }
}
