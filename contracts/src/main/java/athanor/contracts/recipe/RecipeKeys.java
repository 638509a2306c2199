package athanor.contracts.recipe;

import athanor.contracts.Nearest;
import athanor.contracts.Size;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes one value of a recipe by its dotted key. The records themselves say which keys there are. */
final class RecipeKeys {

    private RecipeKeys() {}

    static Recipe change(Recipe recipe, String dottedKey, String value) {
        return (Recipe) change(recipe, dottedKey, dottedKey.split("\\.", -1), 0, value);
    }

    static List<String> all() {
        List<String> keys = new ArrayList<>();
        collect(Recipe.class, "", keys);
        return List.copyOf(keys);
    }

    private static void collect(Class<?> part, String prefix, List<String> keys) {
        for (RecordComponent component : part.getRecordComponents()) {
            if (component.getType().isRecord() && component.getType() != Size.class) {
                collect(component.getType(), prefix + component.getName() + ".", keys);
            } else {
                keys.add(prefix + component.getName());
            }
        }
    }

    private static Record change(Record record, String key, String[] path, int depth, String value) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        int at = indexOf(components, path[depth]);
        boolean last = depth == path.length - 1;
        if (at < 0 || components[at].getType().isRecord() && last && components[at].getType() != Size.class) {
            throw unknown(record, key, path, at < 0 ? depth : depth + 1);
        }
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = read(components[i], record);
        }
        if (last) {
            values[at] = parse(key, components[at], value.strip());
        } else if (values[at] instanceof Record part && !(part instanceof Size)) {
            values[at] = change(part, key, path, depth + 1, value);
        } else {
            throw unknown(record, key, path, depth);
        }
        return create(record, components, values);
    }

    private static int indexOf(RecordComponent[] components, String name) {
        for (int i = 0; i < components.length; i++) {
            if (components[i].getName().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static IllegalArgumentException unknown(Record record, String key, String[] path, int depth) {
        List<String> known = Arrays.stream(record.getClass().getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        String parent = String.join(".", Arrays.copyOf(path, Math.min(depth, path.length - 1)));
        return new IllegalArgumentException("a recipe has no value '%s'%s; %s has: %s"
                .formatted(key, nearest(key), parent.isEmpty() ? "it" : "'" + parent + "'", String.join(", ", known)));
    }

    /** The whole key, also where only its last part was written: {@code rank} means {@code network.rank}. */
    private static String nearest(String key) {
        boolean whole = key.contains(".");
        Map<String, String> known = new LinkedHashMap<>();
        Recipe.keys().forEach(one -> known.putIfAbsent(whole ? one : one.substring(one.lastIndexOf('.') + 1), one));
        return Nearest.of(key, known.keySet())
                .map(near -> ", the nearest is '%s'".formatted(known.get(near)))
                .orElse("");
    }

    private static @Nullable Object parse(String key, RecordComponent component, String text) {
        Class<?> type = component.getType();
        if (text.isEmpty() && component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            return null;
        }
        try {
            if (type == int.class || type == Integer.class) {
                return Integer.valueOf(text);
            }
            if (type == long.class) {
                return Long.valueOf(text);
            }
            if (type == double.class || type == Double.class) {
                return Double.valueOf(text);
            }
        } catch (NumberFormatException e) {
            throw misfit(key, wanted(type), text);
        }
        if (type == boolean.class || type == Boolean.class) {
            if (!text.equals("true") && !text.equals("false")) {
                throw misfit(key, "true or false", text);
            }
            return Boolean.valueOf(text);
        }
        if (type == Size.class) {
            return Size.parse(text);
        }
        if (type == List.class) {
            return Arrays.stream(text.split("\\|"))
                    .map(String::strip)
                    .filter(prompt -> !prompt.isEmpty())
                    .toList();
        }
        return type.isEnum() ? constant(key, type, text) : text;
    }

    private static String wanted(Class<?> number) {
        if (number == long.class) {
            return "a whole number from %d to %d".formatted(Long.MIN_VALUE, Long.MAX_VALUE);
        }
        return number == int.class || number == Integer.class
                ? "a whole number up to %d".formatted(Integer.MAX_VALUE)
                : "a number";
    }

    private static Object constant(String key, Class<?> type, String text) {
        if (type == SamplerName.class) {
            try {
                return SamplerName.written(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("%s: %s".formatted(key, e.getMessage()), e);
            }
        }
        String wanted = text.toUpperCase(Locale.ROOT).replace('-', '_');
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(wanted)) {
                return constant;
            }
        }
        throw misfit(key, "one of " + Arrays.toString(type.getEnumConstants()), text);
    }

    private static IllegalArgumentException misfit(String key, String wanted, String found) {
        return new IllegalArgumentException("%s must be %s, got '%s'".formatted(key, wanted, found));
    }

    private static @Nullable Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record's accessor is public: " + component, e);
        }
    }

    private static Record create(Record like, RecordComponent[] components, @Nullable Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return like.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException("constructor of " + like.getClass(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record's constructor is public: " + like.getClass(), e);
        }
    }
}
