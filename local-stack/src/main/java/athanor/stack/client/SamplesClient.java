package athanor.stack.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Pictures on demand, as sample-service offers them. */
public final class SamplesClient {

    private final Rest rest;

    public SamplesClient(String sample) {
        this.rest = new Rest(sample);
    }

    /** @param request fields as in the service's OpenAPI document */
    public JsonNode render(Map<String, Object> request) {
        return rest.post("/samples", request);
    }

    /** PNG. */
    public byte[] picture(String key) {
        return rest.getBytes("/pictures/" + key);
    }
}
