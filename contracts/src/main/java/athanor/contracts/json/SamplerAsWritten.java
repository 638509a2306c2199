package athanor.contracts.json;

import athanor.contracts.recipe.SamplerName;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;

/** A sampler by any of the names that people know it by. */
final class SamplerAsWritten extends StdDeserializer<SamplerName> {

    private static final long serialVersionUID = 1L;

    SamplerAsWritten() {
        super(SamplerName.class);
    }

    @Override
    public SamplerName deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (SamplerName) context.handleUnexpectedToken(SamplerName.class, parser);
        }
        try {
            return SamplerName.written(parser.getText());
        } catch (IllegalArgumentException e) {
            throw JsonMappingException.from(parser, String.valueOf(e.getMessage()), e);
        }
    }
}
