using Interop.Tests.Peers.Processes;

namespace Interop.Tests.Peers.Proxies;

/// <summary>Which transport a proxy speaks with whom.</summary>
/// <param name="Hub">Host and port of the hub's SIP side for <paramref name="Transport"/>.</param>
/// <param name="Transport"><c>udp</c>, <c>tcp</c> or <c>tls</c>, towards the hub.</param>
/// <param name="Media">The relay in the media path; null for none.</param>
/// <param name="RegistersAtHub">Whether registrations go on to the hub, for whose domain they are, with a Path to come back by; otherwise it keeps them itself.</param>
public sealed record ProxyPlan(string Hub, string Transport = "udp", Rtpengine? Media = null, bool RegistersAtHub = false);

/// <summary>A proxy and registrar, Debian's Kamailio 5.6: it stays in the path of every call (Record-Route).</summary>
/// <remarks>It has a loopback address of its own, so that the hub can tell what came through it from what did not.</remarks>
public sealed class Kamailio : IAsyncDisposable
{
    /// <summary>Where it is.</summary>
    public const string Address = "127.0.0.9";

    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    private readonly string _directory;
    private readonly ProxyPlan _plan;
    private readonly int _port = Ports.Block(4);
    private PeerProcess? _process;

    private Kamailio(string directory, ProxyPlan plan) => (_directory, _plan) = (directory, plan);

    /// <summary>Where it speaks UDP and TCP, on <see cref="Address"/>.</summary>
    public int Port => _port;

    /// <summary>Where it speaks TLS.</summary>
    public int TlsPort => _port + 2;

    /// <summary>Host and port for a transport.</summary>
    public string For(string transport) => $"{Address}:{(transport == "tls" ? TlsPort : Port)}";

    /// <summary>The address of somebody behind it: who registered with it, or a room of the hub.</summary>
    public string Sip(string user, string transport = "udp") =>
        $"sip:{user}@{For(transport)}" + (transport == "udp" ? "" : $";transport={transport}");

    /// <summary>Every request that it routed and every failure that it met, a line each.</summary>
    public IReadOnlyList<string> Log => _process?.Lines ?? [];

    /// <summary>Starts a proxy.</summary>
    public static async Task<Kamailio> Start(Workplace place, ProxyPlan plan, string name = "kamailio")
    {
        Programs.Require("kamailio", "kamailio");
        if (Modules is null || !File.Exists(Path.Combine(Modules, "tls.so")))
            Xunit.Assert.Skip("Kamailio's module tls is not installed (Debian package kamailio-tls-modules).");
        var proxy = new Kamailio(place.Folder(name), plan);
        var (certificate, key) = Certificates.WritePair(proxy._directory, "proxy");
        await File.WriteAllTextAsync(Path.Combine(proxy._directory, "tls.cfg"), TlsConfiguration(certificate, key));
        await File.WriteAllTextAsync(Path.Combine(proxy._directory, "kamailio.cfg"), proxy.Configuration());
        await using var started = new Started(proxy);
        await proxy.Run();
        return started.Stays(proxy);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_process is null or { HasExited: true })
            return;
        // Its workers are processes of their own: only when it is asked does it take them with it.
        await _process.Signal("TERM");
        await _process.Exited(StopTime);
        await File.WriteAllLinesAsync(Path.Combine(_directory, "log"), _process.Lines);
        await _process.DisposeAsync();
    }

    private static string? Modules { get; } = new[]
    {
        "/usr/lib/x86_64-linux-gnu/kamailio/modules", "/usr/lib/aarch64-linux-gnu/kamailio/modules", "/usr/lib/kamailio/modules",
    }.FirstOrDefault(Directory.Exists);

    private async Task Run()
    {
        _process = PeerProcess.Start(
            "Kamailio", "kamailio", ["-f", "kamailio.cfg", "-DD", "-E", "-P", Path.Combine(_directory, "pid"), "-Y", _directory, "-w", _directory, "-n", "2", "-m", "32"], _directory);
        await Ports.Taken("Kamailio", TlsPort, "tcp", () => _process.Tail);
        await Ports.Taken("Kamailio", Port, "udp", () => _process.Tail);
    }

    private static string TlsConfiguration(string certificate, string key) => $"""
        [server:default]
        method = TLSv1.2+
        certificate = {certificate}
        private_key = {key}
        verify_certificate = no
        require_certificate = no

        [client:default]
        method = TLSv1.2+
        certificate = {certificate}
        private_key = {key}
        verify_certificate = no
        require_certificate = no

        """;

    private string Configuration() => $$"""
        debug=1
        log_stderror=yes
        fork=yes
        children=2
        tcp_children=2
        auto_aliases=no
        dns=no
        rev_dns=no
        enable_tls=yes
        tcp_source_ipv4={{Address}}
        listen=udp:{{Address}}:{{Port}}
        listen=tcp:{{Address}}:{{Port}}
        listen=tls:{{Address}}:{{TlsPort}}
        mpath="{{Modules}}"
        {{Loads("tm", "sl", "rr", "maxfwd", "pv", "xlog", "usrloc", "registrar", "siputils", "textops", "path", "tls")}}
        {{(_plan.Media is null ? "" : Loads("rtpengine"))}}
        modparam("rr", "enable_double_rr", 1)
        modparam("registrar", "min_expires", 10)
        modparam("path", "use_received", 1)
        modparam("tls", "config", "{{_directory}}/tls.cfg")
        {{(_plan.Media is null ? "" : $"modparam(\"rtpengine\", \"rtpengine_sock\", \"udp:{_plan.Media.Control}\")")}}

        request_route {
          xlog("L_ALERT", "routed $rm $ru from $si:$sp over $proto\n");
          if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
          if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
          if (has_totag()) {
            if (loose_route()) { route(MEDIA); route(RELAY); }
            if (is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
            sl_send_reply("404", "No Such Route");
            exit;
          }
          if (is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
          t_check_trans();
          if (is_method("REGISTER")) {
            {{(_plan.RegistersAtHub ? $"loose_route(); add_path_received(); $du = \"sip:{_plan.Hub};transport={_plan.Transport}\"; route(RELAY);" : "if (!save(\"location\")) sl_reply_error(); exit;")}}
          }
          if (loose_route()) { record_route(); route(MEDIA); route(RELAY); }
          record_route();
          route(MEDIA);
          if (lookup("location")) route(RELAY);
          if ($du == "" && $rd != "{{Address}}") route(RELAY);
          route(HUB);
        }

        route[HUB] {
          $ru = "sip:" + $rU + "@{{_plan.Hub}};transport={{_plan.Transport}}";
          route(RELAY);
        }

        route[RELAY] {
          t_on_reply("MEDIA");
          if (!t_relay()) sl_reply_error();
          exit;
        }

        route[MEDIA] {
          {{(_plan.Media is null ? "return;" : "if (is_method(\"INVITE|ACK|BYE|CANCEL|UPDATE\") && (has_body(\"application/sdp\") || is_method(\"BYE|CANCEL\"))) rtpengine_manage(\"replace-origin replace-session-connection\");")}}
        }

        onreply_route[MEDIA] {
          {{(_plan.Media is null ? "return;" : "if (has_body(\"application/sdp\")) rtpengine_manage(\"replace-origin replace-session-connection\");")}}
        }

        """;

    private static string Loads(params string[] modules) => string.Join('\n', modules.Select(module => $"loadmodule \"{module}.so\""));
}
