package athanor.stack.client;

import athanor.contracts.json.Json;
import athanor.contracts.rest.BaseModelView;
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

    /** Which file or folder a base is, and its hash: all of it is read for that. */
    public BaseModelView baseModel(String nameOrPath) {
        return Json.read(
                rest.get("/base-models?name=" + Rest.encoded(nameOrPath)).toString(), BaseModelView.class);
    }

    /** PNG. */
    public byte[] picture(String key) {
        return rest.getBytes("/pictures/" + key);
    }
}
