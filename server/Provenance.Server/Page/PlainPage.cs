using System.Text;

namespace Provenance.Server.Page;

/// <summary>A page of a sentence in both languages, for addresses that lead nowhere. It repeats nothing of the request.</summary>
internal sealed class PlainPage
{
    public static readonly PlainPage NotFound = new(StatusCodes.Status404NotFound, "There is nothing at this address.", "이 주소에는 아무것도 없습니다.");

    public static readonly PlainPage NotAllowed = new(StatusCodes.Status405MethodNotAllowed, "This address can only be read.", "이 주소는 읽기만 할 수 있습니다.");

    public static readonly PlainPage BadRequest = new(StatusCodes.Status400BadRequest, "The request is not understood.", "이해할 수 없는 요청입니다.");

    public static readonly PlainPage UnknownHost = new(StatusCodes.Status421MisdirectedRequest, "This server does not answer for this host name.", "이 서버는 이 호스트 이름으로는 응답하지 않습니다.");

    public static readonly PlainPage Fault = new(StatusCodes.Status500InternalServerError, "The server made a mistake.", "서버에 오류가 있습니다.");

    private readonly int _status;
    private readonly byte[] _content;

    private PlainPage(int status, string english, string korean)
    {
        _status = status;
        _content = Encoding.UTF8.GetBytes($"""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <meta name="color-scheme" content="light dark">
            <title>{english}</title>
            <h1>{english}</h1>
            <p><a href="/">Check a file</a></p>
            <h1 lang="ko">{korean}</h1>
            <p lang="ko"><a href="/">파일 확인하기</a></p>

            """.ReplaceLineEndings("\n"));
    }

    public Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = _status;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = _content.Length;
        response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(_content, context.RequestAborted).AsTask();
    }
}
