package io.switchboard.ingestion.parsing;

/** Why a file cannot become knowledge, in words for whoever uploaded it. */
public enum Problem {
    EMPTY("The file is empty."),
    ENCRYPTED("The file is protected with a password. Remove the protection and upload it again."),
    BROKEN("The file is broken or incomplete and cannot be read."),
    UNSUPPORTED(
            "This kind of file is not supported. Use PDF, Word, PowerPoint, Excel, OpenDocument, RTF, EPUB, e-mail, HTML,"
                    + " Markdown, CSV or plain text."),
    NO_TEXT("No text was found in the file. If it is a scan, it holds pictures of text only."),
    TOO_SLOW("Reading the file took too long, so it was given up."),
    TOO_LARGE("The file becomes too large when it is unpacked."),
    TOO_LONG("The file has more pages or table cells than are read from one file. Split it and upload the parts.");

    private final String sentence;

    Problem(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
