package athanor.stack.command;

import athanor.stack.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A command without a process of its own.
 *
 * @param out what a program would read
 * @param errors what is said to people beside it
 */
public record InThisProcess(int exitCode, String out, String errors) {

    public static InThisProcess athanor(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int exitCode = Athanor.run(new Terminal(printer(out), printer(errors), false), arguments);
        return new InThisProcess(
                exitCode, out.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream printer(ByteArrayOutputStream into) {
        return new PrintStream(into, true, StandardCharsets.UTF_8);
    }
}
