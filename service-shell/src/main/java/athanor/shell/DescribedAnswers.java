package athanor.shell;

import athanor.contracts.rest.Problem;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * What reflection over the records cannot know of our JSON, so that clients that are generated from the interface read it: ids
 * are texts, a run's state has one of several shapes, and every request may be answered by a problem.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class DescribedAnswers implements OASFilter {

    private static final String PROBLEM = "Problem";

    @Override
    public Operation filterOperation(Operation operation) {
        if (operation.getResponses() != null) {
            operation.getResponses().addAPIResponse("default", problem());
        }
        return operation;
    }

    private static APIResponse problem() {
        Schema schema = OASFactory.createSchema().ref(PROBLEM);
        return OASFactory.createAPIResponse()
                .description("What was found, what was wanted and what to do")
                .content(OASFactory.createContent()
                        .addMediaType(
                                "application/problem+json",
                                OASFactory.createMediaType().schema(schema)));
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Components components = Objects.requireNonNullElseGet(document.getComponents(), OASFactory::createComponents);
        components.addSchema(PROBLEM, object(Problem.class).description("RFC 9457"));
        replace(components, RunId.class, text().pattern("^[a-z0-9][a-z0-9-]{2,62}$"));
        replace(components, RunState.class, state());
        document.setComponents(components);
    }

    private static void replace(Components components, Class<?> type, Schema schema) {
        Map<String, Schema> known = components.getSchemas();
        if (known != null && known.containsKey(type.getSimpleName())) {
            components.addSchema(type.getSimpleName(), schema);
        }
    }

    private static Schema state() {
        List<Schema> shapes = Arrays.stream(RunState.class.getDeclaredClasses())
                .filter(Class::isRecord)
                .map(shape -> object(shape)
                        .addProperty("type", text().constValue(shape.getSimpleName()))
                        .addRequired("type")
                        .title(shape.getSimpleName()))
                .toList();
        return OASFactory.createSchema().oneOf(shapes);
    }

    private static Schema object(Class<?> type) {
        Schema object = OASFactory.createSchema().addType(SchemaType.OBJECT);
        for (RecordComponent component : type.getRecordComponents()) {
            object.addProperty(component.getName(), schema(component.getGenericType()));
        }
        return object;
    }

    private static Schema schema(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return OASFactory.createSchema().addType(SchemaType.ARRAY).items(schema(list.getActualTypeArguments()[0]));
        }
        return schema((Class<?>) type);
    }

    private static Schema schema(Class<?> type) {
        if (type == int.class || type == long.class) {
            return OASFactory.createSchema().addType(SchemaType.INTEGER);
        }
        if (type == String.class) {
            return text();
        }
        if (type.isEnum()) {
            return text().enumeration(List.<Object>copyOf(
                    Arrays.stream(type.getEnumConstants()).map(Object::toString).toList()));
        }
        return object(type);
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(SchemaType.STRING);
    }
}
