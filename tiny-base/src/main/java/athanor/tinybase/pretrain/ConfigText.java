package athanor.tinybase.pretrain;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A configuration as JSON, one key a line. Values are texts without special characters, numbers, flags and lists of them. */
final class ConfigText {

    private ConfigText() {}

    static String of(Map<String, Object> json) {
        return json.entrySet().stream()
                .map(entry -> "  \"" + entry.getKey() + "\": " + value(entry.getValue()))
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }

    private static String value(Object value) {
        if (value instanceof String text) {
            return '"' + text + '"';
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ConfigText::value).collect(Collectors.joining(", ", "[", "]"));
        }
        return String.valueOf(value);
    }
}
