package athanor.tools.commandline;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Every number on these command lines counts something. */
public final class PositiveNumber implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // Answered below, as a number that makes no sense is.
        }
        throw new TypeConversionException("wanted a whole number from 1 on");
    }
}
