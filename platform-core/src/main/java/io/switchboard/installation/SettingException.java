package io.switchboard.installation;

/** A setting is missing or wrong; the program refuses to start and prints the message as one line. */
public class SettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param setting name as in the environment, for example {@code SWITCHBOARD_DB_URL}
     * @param problem what is wrong and what to do, continuing the sentence that the name starts
     */
    public SettingException(String setting, String problem) {
        super(setting + " " + problem);
    }
}
