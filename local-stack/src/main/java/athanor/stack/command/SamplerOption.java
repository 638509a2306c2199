package athanor.stack.command;

import athanor.contracts.recipe.SamplerName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A sampler by any of the names that people know it by. */
final class SamplerOption implements ITypeConverter<SamplerName> {

    @Override
    public SamplerName convert(String written) {
        try {
            return SamplerName.written(written);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
