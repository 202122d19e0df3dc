using System.Threading.Channels;
using CsCheck;
using Interop.Bridges.Wire.Rtp.Dtls;
using Interop.Bridges.Wire.Rtp.Srtp;
using Xunit;

namespace Interop.Tests.Unit.Wire.Rtp;

public sealed class DtlsTests
{
    private static readonly DtlsIdentity s_ours = DtlsIdentity.Create(TimeProvider.System);
    private static readonly DtlsIdentity s_theirs = DtlsIdentity.Create(TimeProvider.System);
    private readonly DtlsServer _server = new(s_ours, maxHandshakes: 2);

    [Theory]
    [InlineData("AEAD_AES_128_GCM", 12)]
    [InlineData("AES_CM_128_HMAC_SHA1_80", 14)]
    public async Task Both_ends_have_the_same_keys_after_a_handshake(string suite, int salt)
    {
        var profile = SrtpProfile.Find(suite)!;
        var link = new Link(_server, s_theirs.Fingerprint, s_theirs, profiles: profile);
        var keys = await link.ConnectAsync();
        var ours = await link.Keys;
        Assert.Equal(s_ours.Fingerprint.ToString(), link.Client.Server!.ToString());
        Assert.Equal((profile, 16, salt), (ours.Profile, ours.ServerKey.Length, ours.ServerSalt.Length));
        Assert.Equal(keys!.ClientKey.ToArray(), ours.ClientKey.ToArray());
        Assert.Equal(keys.ServerKey.ToArray(), ours.ServerKey.ToArray());
        Assert.Equal(keys.ClientSalt.ToArray(), ours.ClientSalt.ToArray());
        Assert.Equal(keys.ServerSalt.ToArray(), ours.ServerSalt.ToArray());
        Assert.NotEqual(ours.ClientKey.ToArray(), ours.ServerKey.ToArray());
        Assert.DoesNotContain(Convert.ToHexString(ours.ClientKey.Span), ours.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_authenticated_cipher_is_preferred()
    {
        var link = new Link(_server, s_theirs.Fingerprint, s_theirs, profiles: [SrtpProfile.Aes128CmHmacSha1Tag80, SrtpProfile.AeadAes128Gcm]);
        Assert.Equal(SrtpProfile.AeadAes128Gcm, (await link.ConnectAsync())!.Profile);
    }

    [Fact]
    public async Task Another_certificate_than_the_named_one_is_refused()
    {
        var link = new Link(_server, s_theirs.Fingerprint, DtlsIdentity.Create(TimeProvider.System), profiles: SrtpProfile.AeadAes128Gcm);
        Assert.Null(await link.ConnectAsync());
        Assert.Equal(DtlsEnd.WrongCertificate, await link.Ended);
        Assert.False(link.Keys.IsCompleted);
    }

    [Fact]
    public async Task A_peer_without_certificate_is_refused()
    {
        var link = new Link(_server, s_theirs.Fingerprint, shown: null, profiles: SrtpProfile.AeadAes128Gcm);
        Assert.Null(await link.ConnectAsync());
        Assert.Equal(DtlsEnd.WrongCertificate, await link.Ended);
    }

    [Fact]
    public async Task A_peer_without_extended_master_secret_is_refused()
    {
        var link = new Link(_server, s_theirs.Fingerprint, s_theirs, extendedMasterSecret: false, SrtpProfile.AeadAes128Gcm);
        Assert.Null(await link.ConnectAsync());
        Assert.Equal(DtlsEnd.NoExtendedMasterSecret, await link.Ended);
    }

    [Fact]
    public async Task A_peer_that_wants_no_srtp_is_refused()
    {
        var link = new Link(_server, s_theirs.Fingerprint, s_theirs);
        Assert.Null(await link.ConnectAsync());
        Assert.Equal(DtlsEnd.NoCommonProfile, await link.Ended);
    }

    [Fact]
    public async Task A_goodbye_ends_the_association()
    {
        var link = new Link(_server, s_theirs.Fingerprint, s_theirs, profiles: SrtpProfile.AeadAes128Gcm);
        await link.ConnectAsync();
        await link.Keys;
        link.Client.Close();
        Assert.Equal(DtlsEnd.ClosedByPeer, await link.Ended);
        Assert.Equal(0, _server.Shaking);
    }

    [Fact]
    public async Task Our_goodbye_ends_it_too_once()
    {
        var link = new Link(_server, s_theirs.Fingerprint, s_theirs, profiles: SrtpProfile.AeadAes128Gcm);
        await link.ConnectAsync();
        await link.Keys;
        link.Association.Close();
        link.Association.Close();
        Assert.Equal(DtlsEnd.ClosedByUs, await link.Ended);
    }

    [Fact]
    public async Task What_breaks_off_a_handshake_frees_its_place()
    {
        var path = new Path();
        var association = _server.Expect(s_theirs.Fingerprint, path);
        Assert.True(association.Take(ClientHello()));
        Assert.Equal(1, _server.Shaking);
        association.Close();
        Assert.Equal(DtlsEnd.ClosedByUs, await path.Ended.Task);
        Assert.False(association.Take(ClientHello()));
        Assert.True(SpinWait.SpinUntil(() => _server.Shaking == 0, TimeSpan.FromSeconds(5)), "the handshake's thread did not end");
    }

    [Fact]
    public void There_are_no_more_handshakes_than_may_be()
    {
        DtlsAssociation[] associations = [.. Enumerable.Range(0, 3).Select(_ => _server.Expect(s_theirs.Fingerprint, new Path()))];
        Assert.Equal([true, true, false], associations.Select(association => association.Take(ClientHello())));
        Assert.Equal((2, 1), (_server.Shaking, _server.TurnedAway));
        foreach (var association in associations) association.Close();
    }

    [Theory]
    [InlineData("16FEFD")]
    [InlineData("17FEFD0000000000000000000101")]
    [InlineData("16FEFD0000000000000000000102")]
    [InlineData("16FEFD0001000000000000000101")]
    public void Only_a_client_hello_begins_a_handshake(string hex)
    {
        Assert.False(_server.Expect(s_theirs.Fingerprint, new Path()).Take(Convert.FromHexString(hex)));
        Assert.Equal(0, _server.Shaking);
    }

    [Fact]
    public async Task Forged_records_break_neither_handshake_nor_association()
    {
        byte[] types = [20, 21, 22, 23, 25];
        var count = 0;
        var link = new Link(_server, s_theirs.Fingerprint, s_theirs, profiles: SrtpProfile.AeadAes128Gcm)
        {
            // Before each record of the peer one of the epoch that it will have, with contents that nobody made.
            Before = association => association.Take([types[count++ % types.Length], 0xFE, 0xFD, 0, 1, 0, 0, 0, 0, 0, 9, 0, (byte)(count % 2 == 0 ? 4 : 40), .. new byte[40]]),
        };
        Assert.NotNull(await link.ConnectAsync());
        await link.Keys;
        foreach (var _ in types) link.Before(link.Association);
        link.Client.Close();
        Assert.Equal(DtlsEnd.ClosedByPeer, await link.Ended);
    }

    [Fact]
    public async Task Whatever_is_made_of_a_handshake_it_ends_in_a_value()
    {
        var server = new DtlsServer(s_ours, maxHandshakes: 1000);
        var hello = ClientHello();
        var ended = new List<Task<DtlsEnd>>();
        Gen.Select(Gen.Int[14, hello.Length - 1], Gen.Byte, Gen.Byte.Array[14, 200]).Sample((at, change, next) =>
        {
            var path = new Path();
            var association = server.Expect(s_theirs.Fingerprint, path);
            var forged = (byte[])hello.Clone();
            forged[at] = change;
            association.Take(forged);
            next[0] = 22;
            association.Take(next);
            association.Close();
            ended.Add(path.Ended.Task);
        }, iter: 200, threads: 1);
        await Task.WhenAll(ended).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_warm_up_shakes_hands() => Assert.True(DtlsWarmUp.Run(new DtlsServer(s_ours), TimeProvider.System));

    [Fact]
    public void An_identity_is_the_same_after_it_was_kept()
    {
        var again = DtlsIdentity.TryRead(s_ours.ToPem());
        Assert.Equal(s_ours.Fingerprint.ToString(), again!.Fingerprint.ToString());
        Assert.Null(DtlsIdentity.TryRead("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"));
        Assert.Null(DtlsIdentity.TryRead(""));
    }

    [Theory]
    [InlineData("sha-1", 20)]
    [InlineData("md5", 16)]
    [InlineData("sha-256", 20)]
    [InlineData("sha-256", 0)]
    public void A_fingerprint_that_proves_nothing_matches_nothing(string hash, int length)
    {
        var fingerprint = new CertificateFingerprint(hash, new byte[length]);
        Assert.False(fingerprint.IsUsable);
        Assert.False(fingerprint.Matches([1, 2, 3]));
    }

    private static byte[] ClientHello()
    {
        var caught = Channel.CreateUnbounded<byte[]>();
        var client = new DtlsClient(s_theirs, new Path { Sent = datagram => caught.Writer.TryWrite(datagram) }, profiles: SrtpProfile.AeadAes128Gcm);
        new Thread(() => client.Connect()) { IsBackground = true }.Start();
        Assert.True(SpinWait.SpinUntil(() => caught.Reader.Count > 0, TimeSpan.FromSeconds(10)), "the client said no hello");
        Assert.True(caught.Reader.TryRead(out var hello));
        return hello;
    }

    private sealed class Path : IDtlsPath
    {
        public TaskCompletionSource<DtlsSrtpKeys> Keys { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<DtlsEnd> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Action<byte[]> Sent { get; set; } = static _ => { };

        public void Send(ReadOnlySpan<byte> datagram) => Sent(datagram.ToArray());

        public void OnKeys(DtlsSrtpKeys keys) => Keys.SetResult(keys);

        public void OnEnded(DtlsEnd end) => Ended.SetResult(end);
    }

    /// <summary>A browser and its association, with nothing between them.</summary>
    private sealed class Link
    {
        private readonly Path _path = new();

        public Link(DtlsServer server, CertificateFingerprint expected, DtlsIdentity? shown, bool extendedMasterSecret = true, params IReadOnlyList<SrtpProfile> profiles)
        {
            Association = server.Expect(expected, _path);
            Client = new DtlsClient(shown, new Path { Sent = datagram => { Before(Association); Association.Take(datagram); } }, extendedMasterSecret, profiles);
            _path.Sent = datagram => Client.Take(datagram);
        }

        public DtlsAssociation Association { get; }

        public DtlsClient Client { get; }

        public Action<DtlsAssociation> Before { get; init; } = static _ => { };

        public Task<DtlsSrtpKeys> Keys => _path.Keys.Task;

        public Task<DtlsEnd> Ended => _path.Ended.Task.WaitAsync(TimeSpan.FromSeconds(20));

        public Task<DtlsSrtpKeys?> ConnectAsync() => Task.Factory.StartNew(Client.Connect, TaskCreationOptions.LongRunning);
    }
}
