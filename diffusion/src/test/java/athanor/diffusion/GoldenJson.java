package athanor.diffusion;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Golden numbers kept as JSON under {@code src/test/resources/golden}, made by the scripts in {@code src/test/python}. */
public final class GoldenJson {

    private GoldenJson() {}

    /** @param name of the file, for example {@code samplers.json} */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> read(String name) {
        try (var reader = new InputStreamReader(
                GoldenJson.class.getResourceAsStream("/golden/" + name), StandardCharsets.UTF_8)) {
            return new Gson().fromJson(reader, Map.class);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
